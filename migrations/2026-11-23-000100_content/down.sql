drop table shop_policies, menu_items, menus, article_comments, articles, blogs, pages;
