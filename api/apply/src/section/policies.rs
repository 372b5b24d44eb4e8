//! The store's terms.

use mcom_data::Result;
use mcom_store::policies::{self, PolicyKind};

use crate::{
    file::Policies,
    run::{Action, Run},
};

/// What the section says of each policy.
pub fn named(section: &Policies) -> [(PolicyKind, Option<&str>); 8] {
    [
        (PolicyKind::ContactInformation, section.contact_information.as_deref()),
        (PolicyKind::LegalNotice, section.legal_notice.as_deref()),
        (PolicyKind::PrivacyPolicy, section.privacy_policy.as_deref()),
        (PolicyKind::RefundPolicy, section.refund_policy.as_deref()),
        (PolicyKind::ShippingPolicy, section.shipping_policy.as_deref()),
        (PolicyKind::SubscriptionPolicy, section.subscription_policy.as_deref()),
        (PolicyKind::TermsOfSale, section.terms_of_sale.as_deref()),
        (PolicyKind::TermsOfService, section.terms_of_service.as_deref()),
    ]
}

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.policies else { return Ok(()) };
    let there = policies::all(run.cx).await?;
    for (kind, body) in named(section) {
        let before = there.iter().find(|policy| policy.kind() == Some(kind));
        let does = match (before, body) {
            (None, None) => continue,
            (Some(before), Some(body)) if before.body_html == body => {
                run.keeps();
                continue;
            }
            (Some(_), Some(_)) => run.does(Action::Update, "policy", &kind.handle()),
            (None, Some(_)) => run.does(Action::Create, "policy", &kind.handle()),
            (Some(_), None) => run.passes("policy", &kind.handle()),
        };
        let path = format!("policies.{}", camel(kind.name()));
        if body.is_some_and(|body| body.trim().is_empty()) {
            run.fault(&path, "a policy has a text");
        } else if does {
            let done = policies::set(run.cx, kind, body).await;
            run.heed(&path, done)?;
        }
    }
    Ok(())
}

/// `REFUND_POLICY` as the file spells it.
fn camel(name: &str) -> String {
    let mut words = name.split('_').map(str::to_lowercase);
    let first = words.next().unwrap_or_default();
    let capital = |word: String| word[..1].to_uppercase() + &word[1..];
    words.map(capital).fold(first, |name, word| name + &word)
}

#[cfg(test)]
mod tests {
    use super::camel;

    #[test]
    fn policies_are_spelled_as_in_the_file() {
        assert_eq!(camel("TERMS_OF_SERVICE"), "termsOfService");
    }
}
