-- Mails to be sent, written in the transaction of what they tell. What is secret in a mail is not in here: it is made when the mail is written.
create table notifications (
    tenant_id bigint not null,
    id bigint generated always as identity,
    kind text not null,
    recipient text not null,
    status text not null check (status in ('waiting', 'sent', 'dropped')),
    -- Why it was dropped.
    reason text,
    created_at timestamptz not null,
    settled_at timestamptz,
    primary key (tenant_id, id)
);
create index notifications_settled on notifications (tenant_id, settled_at) where settled_at is not null;
call mcom_tenant_table('notifications');
