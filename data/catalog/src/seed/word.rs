//! The words that seeded products are made of.

/// A kind of product, and what its products have in common.
#[derive(Debug)]
pub(super) struct Kind {
    pub product_type: &'static str,
    pub nouns: &'static [&'static str],
    pub vendors: &'static [&'static str],
    pub tags: &'static [&'static str],
    /// What a buyer chooses, and the values, of which each product has three that follow each other.
    pub option: &'static str,
    pub values: &'static [&'static str],
    /// Lowest and highest price in whole units of the currency.
    pub price: (u64, u64),
    /// Of the first variant; the others are heavier.
    pub grams: u64,
}

/// What goes before the noun: a look and a stuff.
pub(super) const LOOKS: &[&str] = &[
    "Amber", "Ash", "Birch", "Cobalt", "Coral", "Crimson", "Dusk", "Fern", "Flint", "Harbour", "Indigo",
    "Ivory", "Juniper", "Linden", "Marble", "Meadow", "Midnight", "Moss", "Ochre", "Olive", "Pebble", "Plum",
    "Rust", "Saffron", "Slate", "Umber",
];

/// The stuff it is made of.
pub(super) const STUFFS: &[&str] = &[
    "Bamboo",
    "Brass",
    "Cashmere",
    "Ceramic",
    "Copper",
    "Cork",
    "Cotton",
    "Denim",
    "Felt",
    "Glass",
    "Hemp",
    "Leather",
    "Linen",
    "Merino",
    "Oak",
    "Silk",
    "Steel",
    "Stoneware",
    "Walnut",
    "Wool",
];

/// Everything the seeded store sells.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        product_type: "Shirts",
        nouns: &["Shirt", "Blouse", "Tee", "Polo", "Overshirt"],
        vendors: &["Nordlicht", "Fjell & Co", "Atelier Sud"],
        tags: &["apparel", "tops", "cotton", "summer"],
        option: "Size",
        values: &["XS", "S", "M", "L", "XL", "XXL"],
        price: (19, 89),
        grams: 180,
    },
    Kind {
        product_type: "Knitwear",
        nouns: &["Jumper", "Cardigan", "Scarf", "Beanie", "Vest"],
        vendors: &["Fjell & Co", "Highmoor", "Maille Paris"],
        tags: &["apparel", "knit", "winter", "wool"],
        option: "Size",
        values: &["S", "M", "L", "XL", "XXL"],
        price: (29, 149),
        grams: 420,
    },
    Kind {
        product_type: "Shoes",
        nouns: &["Sneaker", "Boot", "Loafer", "Sandal"],
        vendors: &["Strider", "Highmoor", "Passo"],
        tags: &["footwear", "leather", "outdoor"],
        option: "Size",
        values: &["37", "38", "39", "40", "41", "42", "43", "44", "45"],
        price: (49, 219),
        grams: 760,
    },
    Kind {
        product_type: "Tableware",
        nouns: &["Mug", "Bowl", "Plate", "Carafe", "Teapot", "Vase"],
        vendors: &["Tonwerk", "Kiln & Wheel", "Casa Azul"],
        tags: &["home", "kitchen", "handmade", "gift"],
        option: "Color",
        values: &["White", "Sand", "Terracotta", "Forest", "Ink", "Black"],
        price: (9, 79),
        grams: 350,
    },
    Kind {
        product_type: "Lighting",
        nouns: &["Lamp", "Lantern", "Pendant", "Candle"],
        vendors: &["Lumen Haus", "Casa Azul"],
        tags: &["home", "light", "living"],
        option: "Size",
        values: &["Small", "Medium", "Large", "Extra large"],
        price: (25, 349),
        grams: 1200,
    },
    Kind {
        product_type: "Coffee",
        nouns: &["Espresso", "Filter Roast", "Cold Brew", "Decaf"],
        vendors: &["Röstwerk", "Third Hill"],
        tags: &["food", "coffee", "fair-trade"],
        option: "Weight",
        values: &["250 g", "500 g", "1 kg", "2 kg"],
        price: (7, 29),
        grams: 270,
    },
    Kind {
        product_type: "Bags",
        nouns: &["Backpack", "Tote", "Satchel", "Wallet", "Weekender"],
        vendors: &["Passo", "Strider", "Atelier Sud"],
        tags: &["accessories", "travel", "leather"],
        option: "Color",
        values: &["Black", "Cognac", "Navy", "Olive", "Stone"],
        price: (35, 289),
        grams: 640,
    },
];

/// What is said of a product; one sentence for each part of its body.
pub(super) const PRAISES: &[&str] = &[
    "Made in small batches by people who know their craft.",
    "Simple lines, honest materials, and nothing that does not belong there.",
    "It gets better with every year of use.",
    "A quiet companion for every day.",
    "Light, tough, and easy to care for.",
    "Designed to be repaired, not replaced.",
];

/// How to care for it.
pub(super) const CARES: &[&str] = &[
    "Wipe with a damp cloth.",
    "Wash cold, dry flat.",
    "Keep dry and away from direct sun.",
    "Safe for the dishwasher.",
    "Treat with wax once a year.",
];
