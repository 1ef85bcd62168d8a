-- Where the local payment server keeps what it knows. Applied when it starts; no revision of ours touches it.

create schema if not exists stripe_peer;

create table if not exists stripe_peer.objects (
    number bigint generated always as identity unique,
    id text primary key,
    object text not null,
    data jsonb not null
);
create index if not exists objects_by_kind on stripe_peer.objects (object, number desc);
create index if not exists objects_by_content on stripe_peer.objects using gin (data jsonb_path_ops)
    where object <> 'event';

create table if not exists stripe_peer.answers (
    key text primary key,
    fingerprint text not null,
    request_id text not null,
    body jsonb not null,
    given_at timestamptz not null default now()
);

create table if not exists stripe_peer.deliveries (
    number bigint generated always as identity primary key,
    event_id text not null references stripe_peer.objects (id),
    state text not null check (state in ('waiting', 'withheld', 'delivered', 'given_up')),
    due_at timestamptz not null default clock_timestamp(),
    made_at timestamptz not null default clock_timestamp(),
    attempts int not null default 0,
    answer text not null default ''
);
create index if not exists deliveries_by_event on stripe_peer.deliveries (event_id);
create index if not exists deliveries_due on stripe_peer.deliveries (due_at, number) where state = 'waiting';

create table if not exists stripe_peer.faults (
    number bigint generated always as identity primary key,
    kind text not null check (kind in ('drop_after_commit', '503', '429')),
    remaining int not null
);

create table if not exists stripe_peer.switches (
    name text primary key,
    is_on boolean not null
);
