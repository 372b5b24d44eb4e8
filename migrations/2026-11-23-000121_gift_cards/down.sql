drop table gift_card_entries;
drop table gift_cards;
