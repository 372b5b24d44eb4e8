drop table translations;
