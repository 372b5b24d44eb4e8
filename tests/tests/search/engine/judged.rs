//! Judged queries: what a person would expect among the first three, from a small catalog that a person wrote.

use std::sync::Arc;

use mcom_search::{Document, Synonyms, Text};

use super::{catalog::named, engines::Engines, everything::typed, words::found};

/// Title, vendor, type, tags, description.
const CATALOG: &[(&str, &str, &str, &str, &str)] = &[
    ("Stoneware Mug", "Nordlys", "Mugs", "kitchen,ceramic", "Holds a large coffee and keeps it warm."),
    ("Travel Mug with Lid", "Trekka", "Mugs", "outdoor,steel", "Insulated, for coffee and tea on the way."),
    ("Mug Rack", "Nordlys", "Storage", "kitchen,oak", "Six hooks for six mugs."),
    ("Cast Iron Teapot", "Sakura", "Teapots", "kitchen,tea", "With a strainer for loose leaves."),
    ("Green Tea, Sencha", "Sakura", "Tea", "tea,organic", "First flush from Shizuoka."),
    ("Espresso Beans, Dark Roast", "Kafé Blå", "Coffee", "coffee,organic", "Chocolate and hazelnut."),
    ("French Press", "Nordlys", "Coffee makers", "kitchen,coffee", "Glass and steel, eight cups."),
    ("Linen Shirt", "Maré", "Shirts", "men,summer", "Light and airy, in white and blue."),
    ("Oxford Shirt", "Maré", "Shirts", "men,office", "Cotton with a button-down collar."),
    ("Pleated Skirt", "Maré", "Skirts", "women,office", "Falls below the knee."),
    ("Wool Sweater", "Fjell", "Knitwear", "men,women,winter", "Merino wool, knitted in one piece."),
    ("Rain Jacket", "Trekka", "Jackets", "outdoor,waterproof", "Seams are sealed, the hood has a brim."),
    ("Down Jacket", "Fjell", "Jackets", "outdoor,winter", "Warm to twenty below."),
    ("Trail Running Shoes", "Trekka", "Shoes", "outdoor,sport", "Grip for wet rocks."),
    ("Canvas Sneakers", "Maré", "Shoes", "summer", "Vegan, with a rubber sole."),
    ("Hiking Boots", "Fjell", "Shoes", "outdoor,waterproof", "Leather, for many years."),
    ("Two-Person Tent", "Trekka", "Tents", "outdoor,camping", "Under two kilograms."),
    ("Sleeping Bag", "Fjell", "Camping", "outdoor,camping,winter", "Comfortable at the freezing point."),
    ("Camping Lantern", "Trekka", "Camping", "outdoor,camping", "Charges by the sun."),
    ("Table Lamp", "Lumen", "Lamps", "living", "Brass with a linen shade."),
    ("Desk Lamp", "Lumen", "Lamps", "office", "Dims, and does not flicker."),
    ("Oak Dining Table", "Eiche", "Tables", "living,oak", "Seats eight."),
    ("Desk Chair", "Eiche", "Chairs", "office,ergonomic", "Supports the lower back."),
    ("Two-Seat Sofa", "Eiche", "Sofas", "living", "Covers can be washed."),
    ("Noise-Cancelling Headphones", "Aural", "Audio", "music,wireless", "Thirty hours without a cable."),
    ("Crème Brûlée Bowls, Set of 4", "Kafé Blå", "Bowls", "kitchen,ceramic", "Can stand the grill."),
];

/// What is typed, and a title that has to be among the first three.
const JUDGED: &[(&str, &str)] = &[
    ("mug", "Stoneware Mug"),
    ("mugs", "Stoneware Mug"),
    ("travel mug", "Travel Mug with Lid"),
    ("coffee mug", "Travel Mug with Lid"),
    ("mug rack", "Mug Rack"),
    ("teapot", "Cast Iron Teapot"),
    ("iron tea pot", "Cast Iron Teapot"),
    ("green tea", "Green Tea, Sencha"),
    ("organic coffee", "Espresso Beans, Dark Roast"),
    ("kafe bla", "Espresso Beans, Dark Roast"),
    ("coffee maker", "French Press"),
    ("shirt", "Linen Shirt"),
    ("white shirt", "Linen Shirt"),
    ("mens shirts", "Oxford Shirt"),
    ("skirt", "Pleated Skirt"),
    ("skrit", "Pleated Skirt"),
    ("merino", "Wool Sweater"),
    ("waterproof jacket", "Rain Jacket"),
    ("winter jackets", "Down Jacket"),
    ("jaket", "Rain Jacket"),
    ("running shoe", "Trail Running Shoes"),
    ("trainers", "Canvas Sneakers"),
    ("hiking", "Hiking Boots"),
    ("tent", "Two-Person Tent"),
    ("camping lamp", "Camping Lantern"),
    ("desk lamp", "Desk Lamp"),
    ("lamp", "Table Lamp"),
    ("oak table", "Oak Dining Table"),
    ("couch", "Two-Seat Sofa"),
    ("hedphones", "Noise-Cancelling Headphones"),
    ("wireless headphone", "Noise-Cancelling Headphones"),
    ("creme brulee", "Crème Brûlée Bowls, Set of 4"),
    ("ceramic bowl", "Crème Brûlée Bowls, Set of 4"),
    ("fjell boots", "Hiking Boots"),
];

/// What is being typed.
const BEGUN: &[(&str, &str)] = &[
    ("stone", "Stoneware Mug"),
    ("noise can", "Noise-Cancelling Headphones"),
    ("sleep", "Sleeping Bag"),
    ("desk ch", "Desk Chair"),
    ("sen", "Green Tea, Sencha"),
];

#[tokio::test]
async fn what_is_expected_is_among_the_first_three() {
    let document =
        |(id, (title, vendor, kind, tags, description)): (i64, &(&str, &str, &str, &str, &str))| Document {
            vendor: (*vendor).to_owned(),
            product_type: (*kind).to_owned(),
            tags: tags.split(',').map(str::to_owned).collect(),
            description: (*description).to_owned(),
            ..named(id, title)
        };
    let documents: Vec<Document> = (1..).zip(CATALOG).map(document).collect();
    let groups = [
        ["sofa", "couch", "settee"],
        ["sneaker", "trainer", "plimsoll"],
        ["lamp", "lantern", "light"],
        ["teapot", "tea pot", "kettle"],
    ];
    let groups = groups.map(|group| group.map(str::to_owned).to_vec());
    let synonyms = Arc::new(Synonyms::new(groups.to_vec()));
    let engines = Engines::filled(mcom_schema::id::StoreId(3), &documents).await;
    for engine in &engines.all {
        let judged =
            JUDGED.iter().map(|judged| (judged, false)).chain(BEGUN.iter().map(|begun| (begun, true)));
        for ((words, expected), prefix) in judged {
            let text = Text { prefix, synonyms: synonyms.clone(), ..typed(words) };
            let ids = found(&**engine, text).await;
            let titles: Vec<&str> = ids.iter().take(3).map(|id| CATALOG[*id as usize - 1].0).collect();
            assert!(
                titles.contains(expected),
                "{}: «{words}» gave {titles:?}, not {expected}",
                engine.name()
            );
        }
    }
    engines.close().await;
}
