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
