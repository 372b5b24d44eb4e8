//! Importing product exports: what they say is what is for sale, again and again, and what cannot be taken is told.
#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use std::io::Cursor;

use mcom_catalog::{
    export,
    import::{self, Progress, Remark, Totals},
    inventory, products, seed, variants,
};
use mcom_schema::id::VariantId;
use mcom_tests::{Shop, root};

/// What an import told.
#[derive(Default)]
struct Told {
    refused: Vec<Remark>,
    noticed: Vec<Remark>,
    steps: u64,
}

impl Progress for Told {
    fn refused(&mut self, remark: &Remark) {
        self.refused.push(remark.clone());
    }

    fn noticed(&mut self, remark: &Remark) {
        self.noticed.push(remark.clone());
    }

    fn advanced(&mut self, _: &Totals) {
        self.steps += 1;
    }
}

async fn import_text(shop: &Shop, file: impl Into<Vec<u8>>) -> (Totals, Told) {
    let mut told = Told::default();
    let done = import::run(&shop.admin(), Cursor::new(file.into()), &mut told).await;
    (done.expect("the file can be imported"), told)
}

fn fixture(name: &str) -> Vec<u8> {
    let path = root().join("tests/fixtures/import").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

async fn import_file(shop: &Shop, name: &str) -> (Totals, Told) {
    import_text(shop, fixture(name)).await
}

/// Products created, updated, unchanged and refused.
fn products_of(totals: &Totals) -> (u64, u64, u64, u64) {
    (totals.products_created, totals.products_updated, totals.products_unchanged, totals.products_refused)
}

/// The names and prices of a published product's variants.
async fn prices(shop: &Shop, handle: &str) -> Vec<(String, i64)> {
    let live = products::live_by_handle(&shop.buyer(), handle).await.expect("the store can be read");
    let live = live.unwrap_or_else(|| panic!("{handle} is not on the online store"));
    live.document.variants.iter().map(|variant| (variant.title.clone(), variant.price_minor)).collect()
}

#[tokio::test]
async fn an_export_becomes_a_catalog() {
    let shop = Shop::open().await;
    let (totals, told) = import_file(&shop, "standard.csv").await;
    assert_eq!(told.refused, []);
    assert_eq!(products_of(&totals), (3, 0, 0, 0));
    assert_eq!((totals.rows_in_file, totals.rows_read, totals.variants, totals.images), (5, 5, 4, 3));
    let live = products::live_by_handle(&shop.buyer(), "mug").await.unwrap().expect("the mug is published");
    let mug = &live.document;
    assert_eq!(
        (mug.title.as_str(), mug.vendor.as_str(), mug.product_type.as_str()),
        ("Stoneware Mug", "Tonwerk", "Tableware")
    );
    assert_eq!(mug.description_html, "<p>Holds 300 ml,\nand \"stays\" warm.</p>");
    assert_eq!(mug.tags, ["gift", "kitchen"]);
    let images: Vec<&str> = mug.media.iter().map(|image| image.url.rsplit('/').next().unwrap()).collect();
    assert_eq!(images, ["mug-1.jpg", "mug-2.jpg", "mug-3.jpg"]);
    assert_eq!(mug.media[1].alt.as_deref(), Some("From above"));
    let white = &mug.variants[0];
    assert_eq!(
        (white.title.as_str(), white.price_minor, white.compare_at_minor),
        ("White", 1850, Some(2200))
    );
    assert_eq!((white.sku.as_deref(), white.barcode.as_deref()), (Some("MUG-W"), Some("0400001")));
    assert_eq!((white.weight_grams, white.media, white.tracked), (341, Some(0), true));
    assert_eq!(live.stock.variants.iter().map(|stock| stock.available).collect::<Vec<_>>(), [12, 0]);
    assert!(live.stock.variants[1].for_sale, "selling goes on without stock");
    for hidden in ["voucher", "poster"] {
        assert!(products::live_by_handle(&shop.buyer(), hidden).await.unwrap().is_none(), "{hidden}");
    }
}

#[tokio::test]
async fn a_second_import_changes_nothing() {
    let shop = Shop::open().await;
    let (first, _) = import_file(&shop, "standard.csv").await;
    let events = shop.events().await.len();
    for again in ["standard.csv", "standard-windows.csv"] {
        let (totals, told) = import_file(&shop, again).await;
        assert_eq!(products_of(&totals), (0, 0, 3, 0), "{again}: {:?}", told.refused);
        assert_eq!((totals.variants, totals.images), (first.variants, first.images));
    }
    let (totals, told) = import_file(&shop, "newer-names.csv").await;
    assert_eq!(
        (products_of(&totals), told.refused),
        ((0, 0, 1, 0), vec![]),
        "the newer column names say the same"
    );
    assert_eq!(shop.events().await.len(), events);
}

#[tokio::test]
async fn what_changed_in_the_file_changes_in_the_store() {
    let shop = Shop::open().await;
    import_file(&shop, "standard.csv").await;
    let ids = |live: &products::ProductOption| live.id;
    let before = products::by_handle(&shop.admin(), "mug").await.unwrap().expect("the mug is there");
    let text = String::from_utf8(fixture("standard.csv")).unwrap();
    let changed =
        text.replace("18.50,22", "17,").replace(",Ink,MUG-I,340,shopify,0,", ",Ink,MUG-I,340,shopify,7,");
    let changed = changed.replace("mug,,,,,,,,,,,,,,,,,,,https://images.example.com/mug-3.jpg,3,,,\n", "");
    let (totals, told) = import_text(&shop, changed.replace(",Ink,", ",Sand,")).await;
    assert_eq!((products_of(&totals), told.refused), ((0, 1, 2, 0), vec![]));
    assert_eq!(prices(&shop, "mug").await, [("White".to_owned(), 1700), ("Sand".to_owned(), 1950)]);
    let after = products::by_handle(&shop.admin(), "mug").await.unwrap().expect("the mug is there");
    assert_eq!((after.media.len(), after.variants_count, after.total_inventory), (2, 2, 19));
    assert_eq!(
        after.options.iter().map(ids).collect::<Vec<_>>(),
        before.options.iter().map(ids).collect::<Vec<_>>()
    );
    let (totals, _) = import_text(&shop, changed.replace(",Ink,", ",Sand,")).await;
    assert_eq!(products_of(&totals), (0, 0, 3, 0));
}

#[tokio::test]
async fn rows_that_cannot_be_taken_are_told_and_the_rest_is_taken() {
    let shop = Shop::open().await;
    let (totals, told) = import_file(&shop, "faulty.csv").await;
    let lines: Vec<u64> = told.refused.iter().map(|remark| remark.line).collect();
    assert_eq!(lines, [3, 4, 5, 7, 8, 9, 10, 11, 13, 14, 16]);
    assert_eq!(told.noticed.iter().map(|remark| remark.line).collect::<Vec<_>>(), [6, 15]);
    for (line, reason) in [
        (3, "12,50"),
        (4, "greater than or equal to 0"),
        (5, "too large"),
        (7, "twice"),
        (8, "20.999"),
        (9, "some"),
        (10, "perhaps"),
        (11, "not-a-picture.jpg"),
        (13, "which product"),
        (14, "Title"),
        (16, "secret"),
    ] {
        let remark = told.refused.iter().find(|remark| remark.line == line).expect("the line was told");
        assert!(remark.reason.contains(reason), "line {line}: {}", remark.reason);
    }
    assert_eq!(products_of(&totals), (3, 0, 0, 1));
    assert_eq!((totals.rows_in_file, totals.rows_refused, totals.variants), (15, 11, 5));
    let shirts = [("S", 2000), ("XXL", 0), ("5XL", 2000)].map(|(size, price)| (size.to_owned(), price));
    assert_eq!(prices(&shop, "shirt").await, shirts);
    assert_eq!(prices(&shop, "unpriced").await, [("Default Title".to_owned(), 0)]);
    let (totals, told) = import_file(&shop, "faulty.csv").await;
    assert_eq!((products_of(&totals), told.refused.len()), ((0, 0, 3, 1), 11));
}

#[tokio::test]
async fn a_variant_without_a_price_is_taken_for_nothing_but_keeps_the_price_it_has() {
    let shop = Shop::open().await;
    let priced = "Handle,Title,Variant Price\ncup,Cup,5\n";
    let unpriced = "Handle,Title,Variant Price\ncup,Cup,\nbowl,Bowl,\n";
    import_text(&shop, priced).await;
    let (totals, told) = import_text(&shop, unpriced).await;
    assert_eq!((products_of(&totals), told.refused), ((1, 0, 1, 0), vec![]));
    let noticed: Vec<_> = told.noticed.iter().map(|remark| (remark.line, remark.handle.as_deref())).collect();
    assert_eq!(noticed, [(2, Some("cup")), (3, Some("bowl"))]);
    assert_eq!((prices(&shop, "cup").await[0].1, prices(&shop, "bowl").await[0].1), (500, 0));
}

#[tokio::test]
async fn a_row_that_cannot_be_taken_costs_no_variant_that_is_there() {
    let shop = Shop::open().await;
    import_file(&shop, "standard.csv").await;
    let text = String::from_utf8(fixture("standard.csv")).unwrap().replace(",19.5,", ",nineteen,");
    let (totals, told) = import_text(&shop, text).await;
    assert_eq!((products_of(&totals), told.refused.len()), ((0, 0, 3, 0), 1));
    assert_eq!(prices(&shop, "mug").await.len(), 2);
}

#[tokio::test]
async fn rows_of_a_product_belong_together_wherever_they_are() {
    let shop = Shop::open().await;
    let (totals, told) = import_file(&shop, "apart.csv").await;
    assert_eq!((products_of(&totals), told.refused), ((2, 0, 0, 0), vec![]));
    assert_eq!(prices(&shop, "cup").await, [("Small".to_owned(), 500), ("Large".to_owned(), 600)]);
    assert_eq!(products_of(&import_file(&shop, "apart.csv").await.0), (0, 0, 2, 0));
}

#[tokio::test]
async fn letters_of_an_old_encoding_are_read_and_told() {
    let shop = Shop::open().await;
    let (totals, told) = import_file(&shop, "latin.csv").await;
    assert_eq!((products_of(&totals), told.refused.len()), ((2, 0, 0, 0), 0));
    assert_eq!(told.noticed.iter().map(|remark| remark.line).collect::<Vec<_>>(), [2]);
    let live = products::live_by_handle(&shop.buyer(), "cafetiere").await.unwrap().expect("it is published");
    assert_eq!(live.document.title, "Cafetière à piston");
}

#[tokio::test]
async fn columns_that_are_missing_leave_what_is_there() {
    let shop = Shop::open().await;
    import_file(&shop, "standard.csv").await;
    let (totals, told) = import_file(&shop, "few-columns.csv").await;
    assert_eq!((products_of(&totals), told.refused), ((0, 1, 0, 0), vec![]));
    assert_eq!(prices(&shop, "mug").await, [("White".to_owned(), 2000), ("Ink".to_owned(), 2100)]);
    let mug = products::by_handle(&shop.admin(), "mug").await.unwrap().expect("the mug is there");
    assert_eq!((mug.row.title.as_str(), mug.media.len(), mug.total_inventory), ("Stoneware Mug", 3, 12));
    let (totals, _) = import_text(&shop, "Handle,Variant Price\nmug,1\n").await;
    assert_eq!(
        products_of(&totals),
        (0, 0, 0, 1),
        "a file without options says nothing about a product that has some"
    );
}

#[tokio::test]
async fn titles_stand_in_for_missing_handles() {
    let shop = Shop::open().await;
    let (totals, _) = import_file(&shop, "titles-only.csv").await;
    assert_eq!(products_of(&totals), (2, 0, 0, 0));
    assert_eq!(prices(&shop, "blue-mug").await, [("Default Title".to_owned(), 600)]);
}

#[tokio::test]
async fn a_file_that_is_no_export_is_refused_as_a_whole() {
    let shop = Shop::open().await;
    let file = Cursor::new(fixture("no-header.csv"));
    let refused = import::run(&shop.admin(), file, &mut Told::default()).await;
    assert!(matches!(refused, Err(mcom_data::Error::Refused(_))));
    assert_eq!(shop.events().await, []);
}

#[tokio::test]
async fn a_product_has_at_most_2048_variants() {
    let shop = Shop::open().await;
    let mut file =
        "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant Price\n".to_owned();
    for number in 0..2_050 {
        let (title, names) = if number == 0 { ("Thread", ("Color", "Length")) } else { ("", ("", "")) };
        file += &format!("thread,{title},{},C{},{},{} m,1.5\n", names.0, number / 50, names.1, number % 50);
    }
    let (totals, told) = import_text(&shop, file.clone()).await;
    assert_eq!((products_of(&totals), totals.variants), ((1, 0, 0, 0), 2_048));
    assert_eq!(told.refused.iter().map(|remark| remark.line).collect::<Vec<_>>(), [2_050, 2_051]);
    assert_eq!(prices(&shop, "thread").await.len(), 2_048);
    assert_eq!(products_of(&import_text(&shop, file).await.0), (0, 0, 1, 0));
}

#[tokio::test]
async fn a_product_may_get_other_options() {
    let shop = Shop::open().await;
    import_text(
        &shop,
        "Handle,Title,Option1 Name,Option1 Value,Variant Price\ncup,Cup,Title,Default Title,5\n",
    )
    .await;
    let sizes = "Handle,Title,Option1 Name,Option1 Value,Variant Price\ncup,Cup,Size,S,5\ncup,,,L,6\n";
    assert_eq!(products_of(&import_text(&shop, sizes).await.0), (0, 1, 0, 0));
    assert_eq!(prices(&shop, "cup").await, [("S".to_owned(), 500), ("L".to_owned(), 600)]);
    assert_eq!(products_of(&import_text(&shop, sizes).await.0), (0, 0, 1, 0));
}

#[tokio::test]
async fn a_neighbour_sees_nothing_of_an_import() {
    let shop = Shop::open().await;
    let neighbour = shop.neighbour().await;
    import_file(&shop, "standard.csv").await;
    let theirs = mcom_tests::shop::cx(&shop.services, &neighbour.tenant, shop.admin().actor().clone());
    assert!(products::by_handle(&theirs, "mug").await.unwrap().is_none());
    let mut told = Told::default();
    let totals = import::run(&theirs, Cursor::new(fixture("standard.csv")), &mut told).await.unwrap();
    assert_eq!(products_of(&totals), (3, 0, 0, 0), "the same handles are free in another store");
}

#[tokio::test]
async fn the_demo_catalog_is_taken_whole() {
    let shop = Shop::open().await;
    let file = std::fs::read(root().join("examples/catalogs/demo.csv")).unwrap();
    let (totals, told) = import_text(&shop, file.clone()).await;
    assert_eq!((told.refused, told.noticed), (vec![], vec![]));
    assert!(totals.products_created >= 40, "{totals:?}");
    let (again, _) = import_text(&shop, file).await;
    assert_eq!(again.products_unchanged, totals.products_created);
}

#[tokio::test]
async fn seeded_products_are_for_sale_and_seeding_goes_on_where_it_ended() {
    let shop = Shop::open().await;
    let mut heard = vec![];
    let added = seed::products(&shop.admin(), 600, &mut |written| heard.push(written)).await.unwrap();
    assert_eq!((added, heard.last()), (600, Some(&600)));
    assert_eq!(seed::products(&shop.admin(), 5, &mut |_| ()).await.unwrap(), 5);
    let count = "select (select count(*) from product_documents where tenant_id = $1), (select count(*) from inventory_levels where tenant_id = $1),
        (select count(*) from outbox where tenant_id = $1 and aggregate = 'product')";
    let rows = shop.rows(count).await;
    assert_eq!(
        (rows[0].get::<_, i64>(0), rows[0].get::<_, i64>(1), rows[0].get::<_, i64>(2)),
        (605, 1815, 605)
    );
    let first = shop.rows("select min(id) from product_variants where tenant_id = $1").await[0].get(0);
    let live = variants::live(&shop.buyer(), &[VariantId(first)]).await.unwrap();
    let (product, place) = live[0].as_ref().expect("a seeded variant is published");
    let item = product.document.variants[*place].inventory_item_id;
    let items = inventory::items(&shop.admin(), &[item]).await.unwrap();
    let item = items[0].as_ref().expect("the item is there");
    assert_eq!(item.levels[0].available, product.stock.variants[*place].available);
}

async fn exported(shop: &Shop) -> String {
    let mut file = vec![];
    export::run(&shop.admin(), &mut file, &mut |_| {}).await.expect("the catalog can be exported");
    String::from_utf8(file).expect("it is UTF-8")
}

#[tokio::test]
async fn what_is_exported_is_imported_unchanged() {
    let shop = Shop::open().await;
    let (first, _) = import_file(&shop, "standard.csv").await;
    let demo = std::fs::read(root().join("examples/catalogs/demo.csv")).expect("the demo catalog is there");
    let (demo, _) = import_text(&shop, demo).await;
    let made = first.products_created + demo.products_created;
    let file = exported(&shop).await;
    let (again, told) = import_text(&shop, file.clone()).await;
    assert_eq!((products_of(&again), told.refused), ((0, 0, made, 0), vec![]), "the same store");
    assert_eq!((again.variants, again.images), (first.variants + demo.variants, first.images + demo.images));
    let other = Shop::open().await;
    let (moved, told) = import_text(&other, file.clone()).await;
    assert_eq!((products_of(&moved), told.refused), ((made, 0, 0, 0), vec![]), "another store");
    assert_eq!(exported(&other).await, file, "and out again");
}
