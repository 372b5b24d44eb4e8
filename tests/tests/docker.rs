//! The deployment in `docker/`: what its containers are told is what the program understands, and they find each other.
#![expect(clippy::unwrap_used, reason = "what cannot be done in a test has failed")]

use std::{collections::BTreeMap, fs};

use mcom::{
    config::{self, Config, Environment, Provisioning},
    role::{Layout, Role},
};
use mcom_tests::root;
use yaml_rust2::{Yaml, YamlLoader, yaml::Hash};

const ROLES: [Role; 5] = [Role::Gateway, Role::Storefront, Role::Checkout, Role::Admin, Role::Worker];
/// A pair of keys as `mcom keys new` prints them.
const KEYS: [(&str, &str); 2] = [
    ("MCOM_ROLE_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    ("MCOM_ROLE_PUBLIC_KEYS", "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik"),
];

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// A container.
struct Service {
    image: String,
    command: Vec<String>,
    environment: BTreeMap<String, String>,
    settings: Yaml,
}

impl Service {
    fn environment(&self) -> Environment {
        self.environment.clone().into_iter().collect()
    }

    /// The roles after `--roles`, if it serves.
    fn roles(&self) -> Vec<Role> {
        let after = self.command.iter().skip_while(|word| *word != "--roles").nth(1);
        let named = |name: &str| ROLES.into_iter().find(|role| role.name() == name).unwrap();
        after.map(|names| names.split(',').map(named).collect()).unwrap_or_default()
    }

    fn is_ours(&self) -> bool {
        self.image.starts_with("mcom:")
    }
}

/// The containers by name, with merged parts and variables put in.
fn services() -> BTreeMap<String, Service> {
    let file = YamlLoader::load_from_str(&read("docker/compose.yml")).unwrap().remove(0);
    let services = merged(&file["services"]);
    let service = |(name, settings): (&Yaml, &Yaml)| {
        let settings = merged(settings);
        let environment = merged(&settings["environment"]);
        let pairs = environment.as_hash().cloned().unwrap_or_default();
        let service = Service {
            image: text(&settings["image"]),
            command: settings["command"].as_vec().into_iter().flatten().map(text).collect(),
            environment: pairs.iter().map(|(name, value)| (text(name), text(value))).collect(),
            settings,
        };
        (text(name), service)
    };
    services.as_hash().unwrap().iter().map(service).collect()
}

/// A mapping with what `<<` names put in; what stands beside it comes first.
fn merged(yaml: &Yaml) -> Yaml {
    let Some(map) = yaml.as_hash() else { return yaml.clone() };
    let key = Yaml::from_str("<<");
    let mut all = Hash::new();
    let parts = match map.get(&key) {
        Some(Yaml::Array(parts)) => parts.clone(),
        part => part.cloned().into_iter().collect(),
    };
    for part in parts.iter().map(merged) {
        all.extend(part.as_hash().unwrap().clone());
    }
    all.extend(
        map.iter().filter(|(name, _)| **name != key).map(|(name, value)| (name.clone(), value.clone())),
    );
    Yaml::Hash(all)
}

/// A scalar as compose passes it on, its variables replaced as `docker/.env` would replace them.
fn text(yaml: &Yaml) -> String {
    let raw = match yaml {
        Yaml::Integer(number) => number.to_string(),
        Yaml::Boolean(value) => value.to_string(),
        other => other.as_str().unwrap().to_owned(),
    };
    variables(&raw).into_iter().fold(raw.clone(), |text, (written, name, default)| {
        let key = KEYS.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        text.replace(&written, &key.or(default).unwrap_or_else(|| format!("secretof{name}")))
    })
}

/// The variables in a text: as written, the name, and the default if there may be one.
fn variables(text: &str) -> Vec<(String, String, Option<String>)> {
    let inside = text.split("${").skip(1).map(|rest| rest.split_once('}').unwrap().0);
    inside
        .map(|inside| {
            let (name, default) = match inside.split_once(":-") {
                Some((name, default)) => (name, Some(default.to_owned())),
                None => (inside.trim_end_matches(":?"), None),
            };
            (format!("${{{inside}}}"), name.to_owned(), default)
        })
        .collect()
}

/// Host and port of a URL.
fn authority(url: &str) -> (String, String) {
    let authority = url.split("://").nth(1).unwrap().rsplit('@').next().unwrap();
    let (host, port) = authority.split('/').next().unwrap().split_once(':').unwrap();
    (host.to_owned(), port.to_owned())
}

#[test]
fn every_role_is_served_with_settings_that_it_can_start_with() {
    let services = services();
    for role in ROLES {
        let service = &services[role.name()];
        assert_eq!(service.roles(), [role]);
        let config = Config::from_env(&service.environment()).unwrap();
        let layout = Layout::read(&service.roles(), &config.roles).unwrap();
        assert!(role != Role::Gateway || (layout.apis.storefront && layout.apis.admin));
        assert_eq!(layout.works, role == Role::Worker);
        let engines =
            [config.redis.url.is_some(), config.search.url.is_some(), config.objects.storage().is_some()];
        assert_eq!(engines, [true; 3], "{} goes without an engine", role.name());
    }
}

#[test]
fn every_variable_is_one_that_the_program_reads() {
    let known = config::example();
    let is_known =
        |name: &str| known.contains(&format!("\n{name}=")) || known.contains(&format!("\n# {name}="));
    for (name, service) in services().iter().filter(|(_, service)| service.is_ours()) {
        for variable in service.environment.keys() {
            assert!(is_known(variable), "{name}: {variable} is not read by anything");
        }
    }
    assert!(!is_known("MCOM_REDIS"), "a part of a name counts as a name");
}

#[test]
fn only_migrations_have_the_keys_of_the_house() {
    for (name, service) in services().iter().filter(|(_, service)| service.is_ours()) {
        let is_owner =
            Provisioning::from_env(&service.environment()).is_ok_and(|keys| keys.admin_url.is_some());
        assert_eq!(is_owner, service.command.contains(&"--make-roles".to_owned()), "{name}");
        let signs = service.environment.contains_key("MCOM_ROLE_KEY");
        assert_eq!(signs, service.roles() == [Role::Gateway], "{name}");
    }
}

#[test]
fn who_is_named_is_there_and_listens_at_that_port() {
    const ENGINES: [(&str, &str); 4] =
        [("postgres", "5432"), ("redis", "6379"), ("search", "9200"), ("objects", "9000")];
    let services = services();
    let mut named = 0;
    for (name, service) in services.iter().filter(|(_, service)| service.is_ours()) {
        for (variable, url) in service.environment.iter().filter(|(_, value)| value.contains("://")) {
            let (host, port) = authority(url);
            let inside =
                services.get(&host).and_then(|service| service.environment.get("MCOM_INTERNAL_LISTEN"));
            let is_peer = inside.is_some_and(|listen| listen.ends_with(&format!(":{port}")));
            let is_engine = services.contains_key(&host) && ENGINES.contains(&(host.as_str(), port.as_str()));
            assert!(is_peer || is_engine, "{name}: {variable} leads nowhere: {url}");
            assert!(
                !variable.ends_with("_URLS") || variable.contains(&host.to_uppercase()),
                "{variable}: {url}"
            );
            named += 1;
        }
    }
    assert!(named > 20, "addresses were looked at: {named}");
}

#[test]
fn the_world_reaches_the_gateway_alone() {
    for (name, service) in &services() {
        let published: Vec<String> =
            service.settings["ports"].as_vec().into_iter().flatten().map(text).collect();
        if name == "gateway" {
            let listen = &service.environment["MCOM_LISTEN"];
            assert_eq!(published, [format!("8080:{}", listen.rsplit(':').next().unwrap())]);
        } else {
            assert!(published.is_empty(), "{name} is published at {published:?}");
        }
    }
}

#[test]
fn images_are_pinned_and_run_without_root() {
    let dockerfile = read("docker/Dockerfile");
    let from = dockerfile.lines().filter_map(|line| line.strip_prefix("FROM "));
    let bases = from.map(|line| line.split(' ').next().unwrap().to_owned());
    let services = services();
    let images = services.values().map(|service| service.image.clone());
    for image in bases.chain(images).filter(|image| image != "scratch") {
        let tag = image.split_once(':').map_or("", |(_, tag)| tag);
        assert!(tag.chars().filter(char::is_ascii_digit).count() >= 3, "{image} is not pinned");
    }
    let user = dockerfile.lines().find_map(|line| line.strip_prefix("USER ")).unwrap();
    assert_ne!(user.split(':').next(), Some("0"));
}

#[test]
fn what_must_be_told_is_in_the_example() {
    let example = read("docker/.env.example");
    for (_, name, _) in variables(&read("docker/compose.yml")) {
        let is_key = KEYS.iter().any(|(key, _)| *key == name);
        assert!(is_key || example.contains(&format!("\n{name}=")), "{name} is not in docker/.env.example");
    }
}
