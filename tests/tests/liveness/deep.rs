//! What lies deeper than fields are followed by themselves.

/// Asked on the demo store: of goods that are sold by plans and by the dozen.
pub(crate) const DEEP: [&str; 2] = [
    "{ shirt: product(handle: \"linen-shirt\") { ...P } beans: product(handle: \"espresso-beans\") { ...P } }
    fragment P on Product { __typename
        sellingPlanGroups(first: 3) { __typename pageInfo { __typename hasNextPage }
            nodes { __typename name appName options { __typename name values } }
            edges { __typename cursor node { __typename sellingPlans(first: 3) { __typename pageInfo { __typename hasNextPage }
                nodes { __typename id name description recurringDeliveries
                    options { __typename name value }
                    billingPolicy { __typename ... on SellingPlanRecurringBillingPolicy { interval intervalCount } }
                    deliveryPolicy { __typename ... on SellingPlanRecurringDeliveryPolicy { interval intervalCount } }
                    checkoutCharge { __typename type value {
                        __typename ... on SellingPlanCheckoutChargePercentageValue { percentage } } }
                    priceAdjustments { __typename orderCount adjustmentValue { __typename
                        ... on SellingPlanFixedAmountPriceAdjustment { adjustmentAmount { __typename amount } }
                        ... on SellingPlanFixedPriceAdjustment { price { __typename amount } }
                        ... on SellingPlanPercentagePriceAdjustment { adjustmentPercentage } } } }
                edges { __typename cursor node { __typename id } } } } } } }",
    "{ product(handle: \"linen-shirt\") { __typename
        variants(first: 3) { __typename nodes { __typename
            quantityPriceBreaks(first: 3) { __typename pageInfo { __typename hasNextPage }
                nodes { __typename minimumQuantity price { __typename amount } } edges { __typename cursor node { __typename minimumQuantity } } }
            sellingPlanAllocations(first: 3) { __typename pageInfo { __typename hasNextPage } edges { __typename cursor node { __typename } }
                nodes { __typename
                    sellingPlan { __typename id }
                    checkoutChargeAmount { __typename amount }
                    remainingBalanceChargeAmount { __typename amount }
                    priceAdjustments { __typename
                        price { __typename amount } compareAtPrice { __typename amount } perDeliveryPrice { __typename amount } } } } } } } }",
];

/// Asked of things by the kind of their ids: what was sent of orders, and which lines of carts belong to others or are put together.
pub(crate) const OF_THINGS: [(&str, &str); 2] = [
    ("Order", "query($id: ID!) { node(id: $id) { __typename ... on Order {
    successfulFulfillments(first: 2) { __typename trackingCompany trackingInfo(first: 2) { __typename number url }
        fulfillmentLineItems(first: 2) { __typename pageInfo { __typename hasNextPage }
            edges { __typename cursor node { __typename quantity } } nodes { __typename quantity lineItem { __typename title } } } } } } }"),
    ("Cart", "query($id: ID!) { cart(id: $id) { __typename lines(first: 5) { __typename nodes { __typename
    ... on CartLine { parentRelationship { __typename parent { __typename id } } }
    ... on ComponentizableCartLine { merchandise { ... on ProductVariant { __typename components(first: 2) { __typename
        pageInfo { __typename hasNextPage } edges { __typename cursor node { __typename quantity } }
        nodes { __typename quantity productVariant { __typename id } } } } } } } } } }"),
];
