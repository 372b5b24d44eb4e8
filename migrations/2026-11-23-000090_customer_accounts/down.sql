drop table customer_tries;
drop table customer_addresses;
drop table customer_mailed_tokens;
drop table customer_access_tokens;
drop table customer_passwords;
alter table customers drop column tags;
alter table customers drop column accepts_marketing;
