//! What is in deploy/ agrees with the server: its settings are there, its files can be read, and its parts fit each other.

#![expect(clippy::unwrap_used, reason = "a file that can't be read has failed its test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(file: &str) -> String {
    fs::read_to_string(workspace().join(file)).unwrap()
}

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

/// Every name of a variable of ours in a text.
fn variables(text: &str) -> BTreeSet<&str> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    words.filter(|word| word.starts_with("ATELIER_")).collect()
}

#[test]
fn every_variable_that_is_named_is_a_setting() {
    let settings = read("docs/configuration.md");
    let settings = variables(&settings);
    assert!(settings.contains("ATELIER_METRICS_ADDRESS"));
    let mut files: Vec<PathBuf> = vec![workspace().join("README.md")];
    for folder in ["deploy", "docs"] {
        files.extend(fs::read_dir(workspace().join(folder)).unwrap().map(|entry| entry.unwrap().path()));
    }
    for file in files {
        // Pictures name none.
        let Ok(text) = fs::read_to_string(&file) else { continue };
        for variable in variables(&text) {
            assert!(settings.contains(variable), "{} names {variable}", file.display());
        }
    }
}

/// What `atelier config` prints with these arguments, in the folder of deploy/.
fn configured(arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atelier"));
    command.current_dir(workspace().join("deploy")).env_clear().envs(variables.iter().copied());
    let done = command.arg("config").args(arguments).output().unwrap();
    let told = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
    assert!(done.status.success(), "{told}");
    told
}

#[test]
fn the_file_of_settings_is_one() {
    let told = configured(&["--config", "atelier.toml"], &[]);
    for line in [
        "address = \"127.0.0.1:3000\" # atelier.toml",
        "database = \"/var/lib/atelier/atelier.db\" # atelier.toml",
        "metrics-address = \"127.0.0.1:9464\" # atelier.toml",
        "proxies = \"127.0.0.1/32,::1/128\" # atelier.toml",
        "former-sites = \"/usr/local/share/atelier/former-1,/usr/local/share/atelier/former-2\" # atelier.toml",
    ] {
        assert!(told.lines().any(|told| told == line), "{line} is missing in {told}");
    }
    // What the file says of the other database is right, too.
    let other: String = read("deploy/atelier.toml")
        .lines()
        .filter_map(|line| match line.strip_prefix("# database-url") {
            Some(rest) => Some(format!("database-url{rest}\n")),
            None => (!line.starts_with("database")).then(|| format!("{line}\n")),
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other.toml");
    fs::write(&file, other).unwrap();
    let told = configured(&["--config", file.to_str().unwrap()], &[]);
    assert!(told.contains("database-url = \"postgres://db.example.org:5432/atelier\""), "{told}");
}

#[test]
fn three_replicas_share_a_database_behind_a_proxy_that_they_believe() {
    let compose = yaml(&read("deploy/compose.yaml"));
    let caddy = read("deploy/Caddyfile");
    let proxy = compose["services"]["proxy"]["networks"]["front"]["ipv4_address"].as_str().unwrap();
    for replica in ["shop1", "shop2", "shop3"] {
        let shop = &compose["services"][replica];
        assert!(caddy.contains(&format!("{replica}:3000")), "{replica}");
        let environment = shop["environment"].as_object().unwrap();
        assert_eq!(environment["ATELIER_PROXIES"], format!("{proxy}/32"));
        assert_eq!(
            environment["DATABASE_URL"],
            "postgres://atelier:${POSTGRES_PASSWORD:?name one}@db/atelier"
        );
        let environment: Vec<(&str, &str)> =
            environment.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
        let told = configured(&[], &environment);
        assert!(told.contains(&format!("proxies = \"{proxy}/32\" # environment")), "{told}");
        assert!(
            workspace()
                .join("deploy")
                .join(shop["build"]["context"].as_str().unwrap())
                .join(shop["build"]["dockerfile"].as_str().unwrap())
                .exists()
        );
        // Not from outside.
        assert!(shop.get("ports").is_none());
    }
    assert_eq!(compose["services"].as_object().unwrap().len(), 5);
    assert!(compose["services"]["db"].get("ports").is_none());
    assert!(compose["networks"]["data"]["internal"].as_bool().unwrap());
}

#[test]
fn the_image_copies_what_is_there_and_runs_as_nobody_special() {
    let file = read("deploy/Dockerfile");
    let lines: Vec<&str> = file.lines().collect();
    for line in lines.iter().filter(|line| line.starts_with("COPY") && !line.contains("--from")) {
        let mut named: Vec<&str> = line.split_whitespace().skip(1).collect();
        named.pop();
        for source in named {
            assert!(workspace().join(source).exists(), "{line}");
        }
    }
    let runs_as = lines.iter().filter_map(|line| line.strip_prefix("USER ")).next_back().unwrap();
    assert!(file.contains(&format!(
        "useradd --system --uid 10001 --create-home --home-dir /var/lib/{runs_as} {runs_as}"
    )));
    assert!(
        file.contains("CMD [\"atelier-ready\"]")
            && file.contains("COPY deploy/ready.sh /usr/local/bin/atelier-ready")
    );
}

/// What is left of each release in its place: of this one, of the one before, and of the one before that.
#[cfg(unix)]
/// The set-up runs before the rest of the repository is there, so that its layer is kept.
#[test]
fn what_the_set_up_copies_is_in_the_image_before_it_runs() {
    let (dockerfile, setup) = (read("deploy/Dockerfile"), read("scripts/setup.sh"));
    let (before, _) = dockerfile.split_once("RUN scripts/setup.sh").unwrap();
    let copied: Vec<&str> = before
        .lines()
        .filter_map(|line| line.strip_prefix("COPY "))
        .flat_map(|line| line.split_whitespace().filter(|word| !word.starts_with('-')))
        .collect();
    let words = setup.split(|sign: char| sign.is_whitespace() || "\"';()".contains(sign));
    let fonts: Vec<&str> = words.filter(|word| word.starts_with("style/")).collect();
    assert!(!fonts.is_empty(), "the set-up copies fonts of the repository");
    for font in fonts {
        assert!(workspace().join(font).is_file(), "{font}");
        assert!(copied.iter().any(|known| Path::new(font).starts_with(known)), "{font} is not copied");
    }
}

#[test]
fn what_browsers_load_of_three_releases_is_kept() {
    let (folder, place) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let write = |file: &str, text: &str| {
        let file = folder.path().join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    fs::create_dir(folder.path().join("deploy")).unwrap();
    fs::copy(workspace().join("deploy/put.sh"), folder.path().join("deploy/put.sh")).unwrap();
    write("catalogs/lamp/product.toml", "a lamp");
    let there = |file: &str| fs::read_to_string(place.path().join("share/atelier").join(file)).ok();
    let script = |site: &str| there(&format!("{site}/pkg/atelier.js"));
    // What a shop serves that was started after the second one, and not again.
    let mut running = None;
    // Put once more, the second one is no other release.
    for release in ["1", "2", "2", "3", "4"] {
        write("target/site/pkg/atelier.js", release);
        write("target/release/atelier", release);
        let put =
            Command::new("bash").arg(folder.path().join("deploy/put.sh")).arg(place.path()).output().unwrap();
        assert!(put.status.success(), "{}", String::from_utf8_lossy(&put.stderr));
        let binary = fs::read_to_string(place.path().join("bin/atelier")).unwrap();
        assert_eq!((script("site").unwrap(), binary), (release.to_owned(), release.to_owned()));
        if release == "2" {
            running = Some(fs::canonicalize(place.path().join("share/atelier/site")).unwrap());
            assert_eq!((script("former-1").as_deref(), script("former-2")), (Some("1"), None));
        }
    }
    assert_eq!((script("former-1").unwrap(), script("former-2").unwrap()), ("3".to_owned(), "2".to_owned()));
    assert_eq!(fs::read_to_string(running.unwrap().join("pkg/atelier.js")).unwrap(), "2");
    assert_eq!(fs::read_dir(place.path().join("share/atelier/releases")).unwrap().count(), 3);
    assert_eq!(there("catalogs/lamp/product.toml").unwrap(), "a lamp");
    let image = read("deploy/Dockerfile");
    for number in [1, 2] {
        let former = format!("/usr/local/share/atelier/former-{number}");
        let copied = format!("COPY --from=former-{number} /usr/local/share/atelier/site {former}\n");
        assert!(
            image.contains(&copied)
                && image.contains(&format!("FROM ${{FORMER_{number}}} AS former-{number}\n"))
        );
    }
    let former = "ATELIER_FORMER_SITES=/usr/local/share/atelier/former-1,/usr/local/share/atelier/former-2 ";
    assert!(image.contains(former));
}

/// What a release asks of Docker, played: images by their names, and what was done.
#[cfg(unix)]
#[test]
fn an_image_is_built_with_what_the_two_before_it_left() {
    use std::os::unix::fs::PermissionsExt;
    const DOCKER: &str = "#!/bin/sh\n\
        case \"$1 $2\" in\n\
        'image inspect') cat \"$IMAGES/$5\" ;;\n\
        tag*) cp \"$IMAGES/$2\" \"$IMAGES/$3\" ;;\n\
        compose*) shift 3; echo \"$* ${FORMER_1:-none} ${FORMER_2:-none}\" >>\"$IMAGES/done\"\n\
            if [ \"$1\" = build ]; then cat \"$IMAGES/source\" >\"$IMAGES/$SHOP_IMAGE\"; fi ;;\n\
        esac\n";
    let folder = tempfile::tempdir().unwrap();
    let docker = folder.path().join("docker");
    fs::write(&docker, DOCKER).unwrap();
    fs::set_permissions(&docker, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let read_image = |name: &str| fs::read_to_string(folder.path().join(name)).ok();
    let run = || {
        let mut command = Command::new("bash");
        command.arg(workspace().join("deploy/release.sh")).env("PATH", &path).env("IMAGES", folder.path());
        command.env_remove("FORMER_1").env_remove("FORMER_2").env_remove("SHOP_IMAGE").output().unwrap()
    };
    let mut built = Vec::new();
    // Once more, the third one is no other release.
    for release in ["1", "2", "3", "3", "4"] {
        // A build that fails leaves all as it was, however often.
        let _ = fs::remove_file(folder.path().join("source"));
        assert!(!run().status.success());
        fs::write(folder.path().join("source"), release).unwrap();
        let _ = fs::remove_file(folder.path().join("done"));
        let done = run();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let steps = read_image("done").unwrap();
        built.push(steps.lines().rfind(|line| line.starts_with("build")).unwrap().to_owned());
        assert_eq!(
            steps.lines().filter(|line| line.starts_with("up --detach --no-deps --wait shop")).count(),
            3
        );
    }
    assert_eq!(
        built,
        [
            "build shop1 none none",
            "build shop1 atelier none",
            "build shop1 atelier atelier:former-1",
            "build shop1 atelier:former-1 atelier:former-2",
            "build shop1 atelier atelier:former-1",
        ]
    );
    let left = ["atelier", "atelier:former-1", "atelier:former-2"].map(|name| read_image(name).unwrap());
    assert_eq!(left, ["4", "3", "2"]);
}

#[test]
fn alerts_are_about_metrics_that_there_are() {
    let document = read("docs/operations.md");
    let rules = document.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let rules = yaml(rules);
    let rules = rules["groups"][0]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 3);
    let listed: BTreeSet<&str> = document
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .filter(|name| name.starts_with("atelier_"))
        .collect();
    for rule in rules {
        let expression = rule["expr"].as_str().unwrap();
        let words = expression.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        for name in words.filter(|word| word.starts_with("atelier_")) {
            assert!(listed.contains(name), "{name} in {expression}");
        }
    }
}

/// Where systemd is; nowhere else can that be said.
#[cfg(target_os = "linux")]
#[test]
fn systemd_takes_the_unit() {
    let unit =
        read("deploy/atelier.service").replace("/usr/local/bin/atelier", env!("CARGO_BIN_EXE_atelier"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("atelier.service");
    fs::write(&file, unit).unwrap();
    let Ok(done) = Command::new("systemd-analyze").arg("verify").arg(&file).output() else { return };
    let told = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success() && told.is_empty(), "{told}");
}
