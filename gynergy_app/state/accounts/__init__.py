from gynergy_app.state.accounts.data import DataState
from gynergy_app.state.accounts.devices import DevicesState
from gynergy_app.state.accounts.entrances import EntranceState
from gynergy_app.state.accounts.preferences import PreferencesState
from gynergy_app.state.accounts.profile import ProfileState
from gynergy_app.state.accounts.security import SecurityState
from gynergy_app.state.accounts.staff_access import StaffAccessState

__all__ = [
    "DataState",
    "DevicesState",
    "EntranceState",
    "PreferencesState",
    "ProfileState",
    "SecurityState",
    "StaffAccessState",
]
