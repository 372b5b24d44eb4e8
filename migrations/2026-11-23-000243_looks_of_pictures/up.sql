-- What is known of the pictures of collections and articles before they are there: size and thumbhash.
alter table collections
    add column image_look jsonb,
    add constraint collections_image_look check (jsonb_typeof(image_look) = 'object');
alter table articles
    add column image_look jsonb,
    add constraint articles_image_look check (jsonb_typeof(image_look) = 'object');
