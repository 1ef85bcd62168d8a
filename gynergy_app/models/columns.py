"""The few kinds of columns every table is made of.

Text with a check constraint stands for a choice: PostgreSQL's own enums are not leakproof, so under Row Level
Security they would never reach an index.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, cast
from uuid import uuid4

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    MetaData,
    Numeric,
    Table,
    Text,
    TypeDecorator,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlmodel import Field, SQLModel

from gynergy_app import clock

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING

OnDelete = Literal["CASCADE", "SET NULL"]

EXTERNAL = {"external": True}
"""Marks a table that belongs to the auth service: we point at it and never migrate it."""

auth_users = Table(
    "users", SQLModel.metadata, Column("id", Uuid, primary_key=True), schema="auth", info=EXTERNAL
)


class Choice(TypeDecorator[StrEnum]):
    """One of the values of a `StrEnum`, stored as text."""

    impl = Text
    cache_ok = True

    def __init__(self, options: type[StrEnum]) -> None:
        super().__init__()
        self.options = options

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.options(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.options(value)


def check_choices(metadata: MetaData) -> None:
    """Give every `Choice` column the constraint that holds it to its values."""
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, Choice):
                allowed = ", ".join(f"'{option.value}'" for option in column.type.options)
                known = CheckConstraint(f"{column.name} in ({allowed})", name=f"{column.name}_known")
                table.append_constraint(known)


def primary_key() -> Any:
    kwargs = {"server_default": text("gen_random_uuid()")}
    return Field(default_factory=uuid4, primary_key=True, sa_column_kwargs=kwargs)


def created_at() -> Any:
    return Field(default_factory=clock.now, sa_column_kwargs={"server_default": text("now()")})


def updated_at() -> Any:
    """Moved forward by the trigger `touch_updated_at`, whoever writes, unless the writer says when it was."""
    return created_at()


def moment(*, index: bool = False) -> Any:
    """A point in time that may not have come yet."""
    return Field(default=None, index=index)


def reference(
    target: str,
    *,
    ondelete: OnDelete | None,
    nullable: bool = False,
    index: bool = True,
    unique: bool = False,
) -> Any:
    """Points at another row; `ondelete=None` refuses to lose it.

    `index=False` where a unique constraint already begins with this column.
    """
    kwargs: dict[str, Any] = {"default": None} if nullable else {}
    if ondelete:
        kwargs["ondelete"] = ondelete
    return Field(foreign_key=target, nullable=nullable, index=index, unique=unique, **kwargs)


def owner(*, index: bool = True, unique: bool = False) -> Any:
    """The member whose row this is; it goes when she goes."""
    return reference("users.id", ondelete="CASCADE", index=index, unique=unique)


def choice(options: type[StrEnum], default: StrEnum | None = None, *, nullable: bool = False) -> Any:
    sa_type = cast(Any, Choice(options))
    if default is not None:
        kwargs = {"server_default": default.value}
        return Field(default=default, sa_type=sa_type, nullable=nullable, sa_column_kwargs=kwargs)
    if nullable:
        return Field(default=None, sa_type=sa_type, nullable=True)
    return Field(sa_type=sa_type, nullable=False)


def line(default: str | None = None, *, unique: bool = False) -> Any:
    """Text that must be there."""
    if default is None:
        return Field(sa_type=Text, nullable=False, unique=unique)
    return Field(default=default, sa_type=Text, nullable=False, sa_column_kwargs={"server_default": default})


def words() -> Any:
    """Text that may be missing."""
    return Field(default=None, sa_type=Text, nullable=True)


def texts(*, column: str | None = None) -> Any:
    """A list of texts, empty at first. `column` names it where the attribute cannot."""
    kwargs: dict[str, Any] = {"server_default": text("'{}'")}
    if column:
        kwargs["name"] = column
    array = cast(Any, ARRAY(Text))
    return Field(default_factory=list, sa_type=array, nullable=False, sa_column_kwargs=kwargs)


def document(empty: type[dict[str, Any]] | type[list[Any]] = dict, *, column: str | None = None) -> Any:
    """JSON of our own making: `{}` or `[]` at first. `column` names it where the attribute cannot."""
    kwargs: dict[str, Any] = {"server_default": text("'{}'" if empty is dict else "'[]'")}
    if column:
        kwargs["name"] = column
    return Field(default_factory=empty, sa_type=cast(Any, JSONB), nullable=False, sa_column_kwargs=kwargs)


def number(default: int = 0) -> Any:
    return Field(default=default, nullable=False, sa_column_kwargs={"server_default": text(str(default))})


def flag(default: bool = False) -> Any:
    kwargs = {"server_default": text(str(default).lower())}
    return Field(default=default, nullable=False, sa_column_kwargs=kwargs)


def factor() -> Any:
    """A multiplier between 1.00 and 9.99."""
    sa_type, kwargs = cast(Any, Numeric(3, 2)), {"server_default": text("1")}
    return Field(default=Decimal(1), sa_type=sa_type, nullable=False, sa_column_kwargs=kwargs)


def day(*, index: bool = False) -> Any:
    """A calendar day as its owner lived it. Stored, never worked out again from a timestamp."""
    return Field(nullable=False, index=index)
