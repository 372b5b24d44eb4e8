drop table counters, idempotency_keys, audit_entries, jobs, outbox, events;
