//! Rows of policies and their kinds.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use mcom_schema::id::ShopPolicyId;
use mcom_tables::shop_policies;

/// A policy.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = shop_policies, check_for_backend(Pg))]
pub struct PolicyRow {
    /// The policy's number.
    pub id: i64,
    kind: String,
    /// The text, HTML.
    pub body_html: String,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl PolicyRow {
    /// The policy.
    pub fn id(&self) -> ShopPolicyId {
        ShopPolicyId(self.id)
    }

    /// Which of the policies it is.
    pub fn kind(&self) -> Option<PolicyKind> {
        PolicyKind::ALL.into_iter().find(|kind| kind.name() == self.kind)
    }
}

/// The policies that a store can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyKind {
    /// How the merchant is reached.
    ContactInformation,
    /// Who the merchant is.
    LegalNotice,
    /// What is done with buyers' data.
    PrivacyPolicy,
    /// What can be sent back.
    RefundPolicy,
    /// How and when goods are sent.
    ShippingPolicy,
    /// How subscriptions are cancelled.
    SubscriptionPolicy,
    /// On which terms the goods are sold.
    TermsOfSale,
    /// On which terms the store is used.
    TermsOfService,
}

impl PolicyKind {
    /// Every kind, in the order of their names.
    pub const ALL: [PolicyKind; 8] = [
        PolicyKind::ContactInformation,
        PolicyKind::LegalNotice,
        PolicyKind::PrivacyPolicy,
        PolicyKind::RefundPolicy,
        PolicyKind::ShippingPolicy,
        PolicyKind::SubscriptionPolicy,
        PolicyKind::TermsOfSale,
        PolicyKind::TermsOfService,
    ];

    /// The name in the database and in the APIs.
    pub const fn name(self) -> &'static str {
        match self {
            PolicyKind::ContactInformation => "CONTACT_INFORMATION",
            PolicyKind::LegalNotice => "LEGAL_NOTICE",
            PolicyKind::PrivacyPolicy => "PRIVACY_POLICY",
            PolicyKind::RefundPolicy => "REFUND_POLICY",
            PolicyKind::ShippingPolicy => "SHIPPING_POLICY",
            PolicyKind::SubscriptionPolicy => "SUBSCRIPTION_POLICY",
            PolicyKind::TermsOfSale => "TERMS_OF_SALE",
            PolicyKind::TermsOfService => "TERMS_OF_SERVICE",
        }
    }

    /// What people call it.
    pub const fn title(self) -> &'static str {
        match self {
            PolicyKind::ContactInformation => "Contact information",
            PolicyKind::LegalNotice => "Legal notice",
            PolicyKind::PrivacyPolicy => "Privacy policy",
            PolicyKind::RefundPolicy => "Refund policy",
            PolicyKind::ShippingPolicy => "Shipping policy",
            PolicyKind::SubscriptionPolicy => "Cancellation policy",
            PolicyKind::TermsOfSale => "Terms of sale",
            PolicyKind::TermsOfService => "Terms of service",
        }
    }

    /// The readable part of its address: `refund-policy`.
    pub fn handle(self) -> String {
        self.name().to_lowercase().replace('_', "-")
    }

    /// The kind with this handle.
    pub fn of_handle(handle: &str) -> Option<Self> {
        PolicyKind::ALL.into_iter().find(|kind| kind.handle() == handle)
    }
}

#[cfg(test)]
mod tests {
    use super::PolicyKind;

    #[test]
    fn every_policy_is_found_by_its_handle() {
        for kind in PolicyKind::ALL {
            assert_eq!(PolicyKind::of_handle(&kind.handle()), Some(kind));
        }
        assert_eq!(PolicyKind::RefundPolicy.handle(), "refund-policy");
    }
}
