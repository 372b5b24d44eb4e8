drop table shipping_rates, url_redirects, access_tokens, store_settings;
