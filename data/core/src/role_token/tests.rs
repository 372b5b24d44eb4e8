use std::sync::Arc;

use chrono::{DateTime, Duration, TimeZone, Utc};
use mcom_schema::{ManualClock, Scope, SystemEntropy};

use super::{LIFE, PublicKey, Rejected, SKEW, Signer, SigningKey, Verifier};
use crate::{Actor, Cx, Db, Locale, Origin, RequestId, Services, Tenant, idempotency::Ticket};

const BODY: &[u8] = b"{ shop { name } }";

/// One process that signs and verifies, with a clock of its own.
struct Process {
    clock: Arc<ManualClock>,
    services: Arc<Services>,
}

impl Process {
    fn start() -> Process {
        let clock = Arc::new(ManualClock::at(opening()));
        let services = Services::builder(Db::unconnected(), clock.clone(), Arc::new(SystemEntropy)).build();
        Process { clock, services }
    }

    fn cx(&self, actor: Actor) -> Cx {
        Cx::new(self.services.clone(), Tenant::nowhere(), actor, RequestId("r-1".into()))
    }

    fn takes(&self, verifier: &Verifier, token: &str) -> Result<Cx, Rejected> {
        verifier.verify(&self.services, token, "storefront", BODY)
    }
}

fn opening() -> DateTime<Utc> {
    Utc.timestamp_opt(1_780_000_000, 0).unwrap()
}

fn key() -> SigningKey {
    SigningKey::parse(&SigningKey::generate(&SystemEntropy)).unwrap()
}

/// A signer and those who believe it.
fn pair() -> (Signer, Verifier) {
    let key = key();
    let verifier = Verifier::new([PublicKey::parse(key.public().text()).unwrap()]);
    (Signer::new(key), verifier)
}

#[tokio::test]
async fn a_context_arrives_as_it_was_sent() {
    let process = Process::start();
    let (signer, verifier) = pair();
    let app = Actor::App { token: 7, scopes: vec![Scope::WriteProducts, Scope::ReadOrders] };
    for actor in [Actor::Anonymous, Actor::Storefront { token: 3 }, app] {
        let locale = Locale { country: Some("DE".to_owned()), ..Locale::default() };
        let origin = Origin::of_host("mugs.example").unwrap();
        let (address, ticket) = ("192.0.2.7".parse().unwrap(), Ticket::of("key", "holder"));
        let sent = process.cx(actor).in_locale(locale).reached_at(origin).asked_from(address).holding(ticket);
        let token = signer.sign(&sent, "storefront", BODY).unwrap();
        let arrived = process.takes(&verifier, &token).unwrap();
        assert_eq!(
            (arrived.tenant(), arrived.actor(), arrived.locale(), arrived.request(), arrived.origin()),
            (sent.tenant(), sent.actor(), sent.locale(), sent.request(), sent.origin())
        );
        assert_eq!(arrived.address(), Some(address));
        assert_eq!(format!("{:?}", arrived.ticket()), format!("{:?}", sent.ticket()));
    }
}

#[tokio::test]
async fn a_token_is_good_for_one_subgraph_and_one_call_only() {
    let process = Process::start();
    let (signer, verifier) = pair();
    let token = signer.sign(&process.cx(Actor::Anonymous), "storefront", BODY).unwrap();
    let wrong = |audience, body| verifier.verify(&process.services, &token, audience, body).err();
    assert_eq!(wrong("admin", BODY), Some(Rejected::WrongAudience));
    assert_eq!(wrong("storefront", b"{ shop { id } }"), Some(Rejected::WrongBody));
    assert_eq!(wrong("storefront", BODY), None);
}

#[tokio::test]
async fn no_token_is_taken_after_thirty_seconds_or_before_its_time() {
    assert!(LIFE + SKEW <= Duration::seconds(30));
    let process = Process::start();
    let (signer, verifier) = pair();
    let token = signer.sign(&process.cx(Actor::Anonymous), "storefront", BODY).unwrap();
    process.clock.advance(LIFE + SKEW);
    assert!(process.takes(&verifier, &token).is_ok());
    process.clock.advance(Duration::seconds(1));
    assert_eq!(process.takes(&verifier, &token).err(), Some(Rejected::Expired));
    let later = signer.sign(&process.cx(Actor::Anonymous), "storefront", BODY).unwrap();
    let early = Process::start();
    assert_eq!(early.takes(&verifier, &later).err(), Some(Rejected::WrongTime));
}

#[tokio::test]
async fn only_known_keys_are_believed_and_two_of_them_while_keys_are_exchanged() {
    let process = Process::start();
    let (old, new, foreign) = (key(), key(), key());
    let (old_public, new_public) = (old.public().clone(), new.public().clone());
    let both = Verifier::new([old_public, new_public.clone()]);
    let only_new = Verifier::new([new_public.clone()]);
    let sign = |key| Signer::new(key).sign(&process.cx(Actor::Anonymous), "storefront", BODY).unwrap();
    let (by_old, by_new, by_foreign) = (sign(old), sign(new), sign(foreign));
    assert!(process.takes(&both, &by_old).is_ok() && process.takes(&both, &by_new).is_ok());
    assert_eq!(process.takes(&only_new, &by_old).err(), Some(Rejected::UnknownKey));
    assert_eq!(process.takes(&both, &by_foreign).err(), Some(Rejected::UnknownKey));
    // A foreign key under a known name.
    let named = Signer { key: key(), header: Signer::new(key()).header };
    let posing = Signer {
        header: jsonwebtoken::Header { kid: Some(new_public.id().to_owned()), ..named.header },
        ..named
    };
    let forged = posing.sign(&process.cx(Actor::Anonymous), "storefront", BODY).unwrap();
    assert_eq!(process.takes(&both, &forged).err(), Some(Rejected::WrongSignature));
}

#[tokio::test]
async fn what_is_no_token_or_is_not_signed_is_not_read() {
    let process = Process::start();
    let (signer, verifier) = pair();
    let token = signer.sign(&process.cx(Actor::Anonymous), "storefront", BODY).unwrap();
    let (head, _) = token.rsplit_once('.').unwrap();
    for wrong in ["", "x", "a.b.c", head, &format!("{head}.")] {
        let rejected = process.takes(&verifier, wrong).err();
        assert!(matches!(rejected, Some(Rejected::Unreadable | Rejected::WrongSignature)), "{wrong}");
    }
}

#[tokio::test]
async fn nobody_who_may_do_everything_comes_by_token() {
    let process = Process::start();
    let (signer, _) = pair();
    for actor in [Actor::Operator, Actor::Worker { job: "x".to_owned() }] {
        assert!(signer.sign(&process.cx(actor), "admin", BODY).is_err());
    }
}

#[test]
fn keys_are_read_as_they_are_written_and_nothing_else_is() {
    let secret = SigningKey::generate(&SystemEntropy);
    let key = SigningKey::parse(&secret).unwrap();
    let public = PublicKey::parse(key.public().text()).unwrap();
    assert_eq!(public, *key.public());
    for wrong in ["", "short", &secret[1..], "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!"] {
        assert!(SigningKey::parse(wrong).is_err() && PublicKey::parse(wrong).is_err(), "{wrong}");
    }
}
