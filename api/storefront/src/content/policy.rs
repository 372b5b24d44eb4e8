//! The store's policies.

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Registry};
use mcom_schema::id::ShopPolicyId;
use mcom_store::policies::{self, PolicyKind, PolicyRow};

use crate::shop::Shop;

/// A policy.
pub struct ShopPolicy {
    it: Arc<PolicyRow>,
    id: String,
    handle: String,
    title: &'static str,
}

mcom_kit::record!(ShopPolicy as "ShopPolicy" {
    "body" = it.body_html,
    "handle" = handle,
    "id" = id,
    "title" = title,
});

/// A policy of a kind for which stores may have a ready-made text.
pub struct ShopPolicyWithDefault(Arc<ShopPolicy>);

mcom_kit::record!(ShopPolicyWithDefault as "ShopPolicyWithDefault" {
    "body" => ShopPolicyWithDefault::body,
    "handle" => ShopPolicyWithDefault::handle,
    "id" => ShopPolicyWithDefault::id,
    "title" => ShopPolicyWithDefault::title,
});

pub(super) fn register(registry: &mut Registry) {
    registry.on::<ShopPolicy>().field("url", url);
    registry.on::<ShopPolicyWithDefault>().field("url", url_with_default);
    let shop = registry.on::<Shop>().load("contactInformation", contact_information);
    let shop = shop.load("legalNotice", legal_notice).load("privacyPolicy", privacy_policy);
    let shop = shop.load("refundPolicy", refund_policy).load("shippingPolicy", shipping_policy);
    let shop = shop.load("subscriptionPolicy", subscription_policy);
    shop.load("termsOfSale", terms_of_sale).load("termsOfService", terms_of_service);
}

fn url(cx: &Cx, policy: &ShopPolicy, _: &Args) -> Result<String, Error> {
    Ok(cx.origin().absolute(&policy.path()))
}

fn url_with_default(cx: &Cx, policy: &ShopPolicyWithDefault, _: &Args) -> Result<String, Error> {
    Ok(cx.origin().absolute(&policy.0.path()))
}

macro_rules! of_kind {
    ($($name:ident: $kind:ident;)*) => {$(
        async fn $name(cx: &Cx, _: &Shop, _: Args) -> Result<Option<Arc<ShopPolicy>>, Error> {
            Ok(Policies::load(cx).await?.of_kind(PolicyKind::$kind))
        }
    )*};
}

of_kind! {
    contact_information: ContactInformation;
    legal_notice: LegalNotice;
    privacy_policy: PrivacyPolicy;
    refund_policy: RefundPolicy;
    shipping_policy: ShippingPolicy;
    terms_of_sale: TermsOfSale;
    terms_of_service: TermsOfService;
}

async fn subscription_policy(cx: &Cx, _: &Shop, _: Args) -> Result<Option<ShopPolicyWithDefault>, Error> {
    Ok(Policies::load(cx).await?.of_kind(PolicyKind::SubscriptionPolicy).map(ShopPolicyWithDefault))
}

/// All policies of a store.
struct Policies(Vec<Arc<PolicyRow>>);

impl Policies {
    /// Those of the store that is asked.
    ///
    /// # Errors
    /// Those of reading them.
    async fn load(cx: &Cx) -> Result<Self, Error> {
        Ok(Policies(policies::all(cx).await?))
    }

    fn of_kind(&self, kind: PolicyKind) -> Option<Arc<ShopPolicy>> {
        self.0.iter().find(|row| row.kind() == Some(kind)).and_then(ShopPolicy::of)
    }
}

/// The policies with these ids, in their order.
pub(crate) async fn by_ids(cx: &Cx, ids: &[ShopPolicyId]) -> Result<Vec<Option<Arc<ShopPolicy>>>, Error> {
    let all = Policies::load(cx).await?;
    let find = |id: &ShopPolicyId| all.0.iter().find(|row| row.id() == *id).and_then(ShopPolicy::of);
    Ok(ids.iter().map(find).collect())
}

impl ShopPolicy {
    fn of(it: &Arc<PolicyRow>) -> Option<Arc<Self>> {
        let kind = it.kind()?;
        let (id, handle, title) = (it.id().gid(), kind.handle(), kind.title());
        Some(Arc::new(ShopPolicy { it: it.clone(), id, handle, title }))
    }

    /// Where it is in the store.
    pub(crate) fn path(&self) -> String {
        format!("/policies/{}", self.handle)
    }
}

impl ShopPolicyWithDefault {
    fn body(&self) -> &str {
        &self.0.it.body_html
    }

    fn handle(&self) -> &str {
        &self.0.handle
    }

    fn id(&self) -> Option<&str> {
        Some(&self.0.id)
    }

    fn title(&self) -> &'static str {
        self.0.title
    }
}
