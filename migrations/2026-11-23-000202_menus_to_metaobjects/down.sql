delete from menu_items where kind = 'METAOBJECT';
alter table menu_items drop constraint menu_items_kind_check;
alter table menu_items add constraint menu_items_kind_check check (kind in ('ARTICLE', 'BLOG', 'CATALOG', 'COLLECTION', 'COLLECTIONS',
    'CUSTOMER_ACCOUNT_PAGE', 'FRONTPAGE', 'HTTP', 'PAGE', 'PRODUCT', 'SEARCH', 'SHOP_POLICY'));
