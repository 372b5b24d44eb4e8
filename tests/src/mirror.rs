//! Subgraphs that are asked twice: in this process and, over HTTP, as if in another. Both must answer alike, to the last bit.
//!
//! With `MCOM_TEST_SPLIT` set, the gateways of every test ask through mirrors, so that whatever the suite asks is compared.

use std::{
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use async_graphql::Value;
use futures_util::future::BoxFuture;
use mcom::{
    config::{Config, Environment},
    gateway::remote::{Host, Peers, Remote},
    http::{self, Inside},
};
use mcom_data::{
    Services,
    role_token::{Signer, SigningKey, Verifier},
};
use mcom_kit::{Answer, Call, Fault, Op, Subgraph};
use mcom_schema::SystemEntropy;
use tokio::{net::TcpListener, sync::watch};

use crate::environment;

/// Whether tests are to ask through mirrors.
pub fn is_wanted() -> bool {
    environment::variable("MCOM_TEST_SPLIT").is_some()
}

/// A subgraph of this process and its twin behind HTTP.
pub struct Mirror {
    name: &'static str,
    own: Arc<dyn Subgraph>,
    /// One twin for each process that tests pretend to be.
    twins: Mutex<Vec<(Weak<Services>, Arc<Remote>)>>,
}

impl Mirror {
    /// A mirror of this subgraph.
    pub fn of(name: &'static str, own: Arc<dyn Subgraph>) -> Arc<dyn Subgraph> {
        Arc::new(Mirror { name, own, twins: Mutex::default() })
    }

    async fn twin(&self, services: &Arc<Services>) -> Arc<Remote> {
        if let Some(twin) = self.known(services) {
            return twin;
        }
        let twin = Arc::new(serve(self.name, self.own.clone(), services).await);
        let mut twins = self.twins.lock().unwrap_or_else(PoisonError::into_inner);
        twins.retain(|(services, _)| services.strong_count() > 0);
        twins.push((Arc::downgrade(services), twin.clone()));
        twin
    }

    fn known(&self, services: &Arc<Services>) -> Option<Arc<Remote>> {
        let twins = self.twins.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |(known, _): &&(Weak<Services>, _)| Weak::as_ptr(known) == Arc::as_ptr(services);
        twins.iter().find(is_it).map(|(_, twin)| twin.clone())
    }

    async fn ask(&self, call: Call<'_>) -> Answer {
        let twin = self.twin(call.cx.services()).await;
        let again = |variables| Call { op: call.op, variables, cx: call.cx };
        if call.op.text.trim_start().starts_with("mutation") {
            return twin.call(call).await;
        }
        // Somebody may write between two questions: then they are asked again.
        for is_last in [false, false, false, true] {
            let own = self.own.call(again(call.variables.clone())).await;
            call.cx.finish().await;
            let other = twin.call(again(call.variables.clone())).await;
            let (told, over_http) = (text(&own), text(&other));
            assert!(
                !is_last || told == over_http,
                "{} answers differently over HTTP: {}\n{told}\n{over_http}",
                self.name,
                call.op.text
            );
            if told == over_http {
                return own;
            }
        }
        twin.call(call).await
    }
}

/// Everything of an answer. Its keys have no order: the engine gives them as they are ready, and completion puts them in their places.
fn text(answer: &Answer) -> String {
    let Answer { data, errors } = answer;
    format!("{:?} {errors:?}", ordered(data.clone()))
}

fn ordered(value: Value) -> Value {
    match value {
        Value::Object(mut fields) => {
            fields.sort_keys();
            Value::Object(fields.into_iter().map(|(key, value)| (key, ordered(value))).collect())
        }
        Value::List(entries) => Value::List(entries.into_iter().map(ordered).collect()),
        value => value,
    }
}

impl Subgraph for Mirror {
    fn prepare(&self, text: &str) -> Result<Op, Fault> {
        self.own.prepare(text)
    }

    fn call<'a>(&'a self, call: Call<'a>) -> BoxFuture<'a, Answer> {
        Box::pin(self.ask(call))
    }
}

/// A subgraph of these services behind HTTP, on a listener that lives as long as the runtime.
pub async fn serve(name: &'static str, subgraph: Arc<dyn Subgraph>, services: &Arc<Services>) -> Remote {
    let key = SigningKey::parse(&SigningKey::generate(&SystemEntropy)).expect("it was just made");
    let verifier = Arc::new(Verifier::new([key.public().clone()]));
    let nowhere = [("DATABASE_URL", "unused"), ("DATABASE_PLATFORM_URL", "unused")];
    let config = Config::from_env(&Environment::from_iter(nowhere)).expect("every variable has a default");
    let metrics = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder().handle();
    let inside = Arc::new(Inside::new(services.clone(), &config, metrics, true));
    inside.offer(Host::new(vec![(name.to_owned(), subgraph)], verifier, services.clone()));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("it is bound"));
    tokio::spawn(async move {
        // Nobody ever says stop.
        let (_say, stop) = watch::channel(false);
        http::serve_internal(listener, inside, stop).await
    });
    let peers = Peers::new(name, &[address.parse().expect("it is an address")]);
    Remote::new(name, peers, Arc::new(Signer::new(key)), Duration::from_secs(60))
}
