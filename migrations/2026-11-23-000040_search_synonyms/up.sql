-- Groups of phrases that buyers of a store use for the same thing: a list of lists of text.
alter table store_settings add column synonyms jsonb not null default '[]'
    constraint store_settings_synonyms check (jsonb_typeof(synonyms) = 'array');
