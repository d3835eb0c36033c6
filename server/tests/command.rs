//! The command line: what it prints and how it ends.

#![expect(clippy::unwrap_used, reason = "a command that can't be run has failed its test")]

use std::path::Path;
use std::process::{Command, Stdio};

use sqlx::{Connection, SqliteConnection};
use testing::{LAMP, write_product};
use testing_postgres::TestDatabase;

/// Runs `atelier load` on a database, and returns whether it succeeded and what it printed.
fn load(database: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atelier"));
    let done = command.arg("--database").arg(database).arg("load").args(arguments).output().unwrap();
    (done.status.success(), String::from_utf8(done.stdout).unwrap())
}

#[test]
fn load_says_what_became_of_each_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (database, catalogue) = (folder.path().join("shop.db"), folder.path().join("catalogs"));
    write_product(&catalogue, "lamp", LAMP, "");
    write_product(&catalogue, "shelf", LAMP, "");
    let all = catalogue.to_str().unwrap();
    let (succeeded, printed) = load(&database, &[all]);
    assert!(succeeded && printed.matches("a new product").count() == 2, "{printed}");

    let dearer = LAMP.replace("base_price = 5000", "base_price = 6000");
    write_product(&catalogue, "lamp", &dearer, "");
    let (succeeded, printed) = load(&database, &[all]);
    assert!(succeeded && printed.contains("lamp: saved as a draft"), "{printed}");
    assert!(printed.contains("shelf: as revision 1, which is served"), "{printed}");
    let (succeeded, printed) = load(&database, &[all, "--publish"]);
    assert!(succeeded && printed.contains("lamp: published as revision 2"), "{printed}");

    write_product(&catalogue, "lamp", &dearer.replace("[[rules]]", "[[ruels]]"), "");
    let (succeeded, printed) = load(&database, &[all, "--publish"]);
    assert!(!succeeded && printed.contains("lamp/product.toml:"), "{printed}");
    assert!(printed.contains("not taken: it has ") && printed.contains("shelf: as revision 1"), "{printed}");
}

/// Runs `atelier` and returns whether it succeeded and all that it printed.
fn atelier(arguments: &[&str], variables: &[(&str, &str)]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atelier"));
    command.env_remove("ATELIER_DATABASE").env_remove("DATABASE_URL").envs(variables.iter().copied());
    let done = command.args(arguments).output().unwrap();
    let printed = [done.stdout, done.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (done.status.success(), printed)
}

#[tokio::test]
async fn the_audit_is_verified() {
    let folder = tempfile::tempdir().unwrap();
    let (file, catalogue) = (folder.path().join("shop.db"), folder.path().join("catalogs"));
    write_product(&catalogue, "lamp", LAMP, "");
    assert!(load(&file, &[catalogue.to_str().unwrap()]).0);
    let file = file.to_str().unwrap();
    let verify = |more: &[&str]| atelier(&[&["--database", file, "audit", "verify"], more].concat(), &[]);
    let (succeeded, printed) = verify(&[]);
    assert!(
        succeeded && printed.contains("1 entries, 0 of them older") && printed.contains("whole"),
        "{printed}"
    );
    let last = printed.split("last hash: ").nth(1).unwrap().lines().next().unwrap().to_owned();
    assert!(atelier(&["--database", file, "admin", "invite", "ana@example.org"], &[]).0);
    let (succeeded, printed) = verify(&["--expect", &last]);
    assert!(succeeded && printed.contains("2 entries"), "{printed}");

    let mut database = SqliteConnection::connect(&format!("sqlite://{file}")).await.unwrap();
    sqlx::query("UPDATE audit SET subject = 'shelf' WHERE id = 1").execute(&mut database).await.unwrap();
    database.close().await.unwrap();
    let (succeeded, printed) = verify(&[]);
    assert!(
        !succeeded && printed.contains("entry 1 of ") && printed.contains("not whole: 1 faults"),
        "{printed}"
    );
    let (succeeded, printed) = verify(&["--expect", &"0".repeat(64)]);
    assert!(!succeeded && printed.contains("the expected hash is not there"), "{printed}");
}

#[tokio::test]
async fn the_second_factor_of_the_only_administrator_is_taken_by_command() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.db");
    let file = file.to_str().unwrap();
    assert!(atelier(&["--database", file, "admin", "invite", "ana@example.org"], &[]).0);
    let mut database = SqliteConnection::connect(&format!("sqlite://{file}")).await.unwrap();
    for statement in [
        "INSERT INTO second_factors (email, secret, since, last_step) VALUES ('ana@example.org', 'A', 1, 0)",
        "INSERT INTO recovery_codes (code_hash, email) VALUES ('a', 'ana@example.org')",
    ] {
        sqlx::query(statement).execute(&mut database).await.unwrap();
    }
    let take = |email: &str| atelier(&["--database", file, "admin", "remove-second-factor", email], &[]);
    let (succeeded, printed) = take("ben@example.org");
    assert!(!succeeded && printed.contains("nobody of the address ben@example.org"), "{printed}");
    let (succeeded, printed) = take("Ana@example.org");
    assert!(succeeded && printed.contains("alone lets them in now"), "{printed}");
    let left = "SELECT (SELECT COUNT(*) FROM second_factors) + (SELECT COUNT(*) FROM recovery_codes)";
    assert_eq!(sqlx::query_scalar::<_, i64>(left).fetch_one(&mut database).await.unwrap(), 0);
    let noted = "SELECT done_by FROM audit WHERE action = 'second factor off'";
    assert_eq!(sqlx::query_scalar::<_, String>(noted).fetch_one(&mut database).await.unwrap(), "atelier");
    database.close().await.unwrap();
}

#[tokio::test]
async fn copy_database_moves_a_shop_to_postgresql_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (file, catalogue) = (folder.path().join("shop.db"), folder.path().join("catalogs"));
    write_product(&catalogue, "lamp", LAMP, "");
    assert!(load(&file, &[catalogue.to_str().unwrap()]).0);
    let database = TestDatabase::empty().await;
    let (file, address) = (file.to_str().unwrap(), database.address());

    let (succeeded, printed) = atelier(&["copy-database", file, &address], &[]);
    assert!(
        succeeded && printed.contains("products: 1 row, sum ") && printed.contains("is copied to"),
        "{printed}"
    );
    let (succeeded, printed) = atelier(&["load", catalogue.to_str().unwrap()], &[("DATABASE_URL", &address)]);
    assert!(succeeded && printed.contains("lamp: as revision 1, which is served"), "{printed}");
    let (succeeded, printed) = atelier(&["copy-database", file, &address], &[]);
    assert!(!succeeded && printed.contains("is not empty"), "{printed}");

    let back = format!("sqlite://{}", folder.path().join("back.db").display());
    let (succeeded, printed) = atelier(&["copy-database", &address, &back], &[]);
    assert!(succeeded, "{printed}");
    let (succeeded, printed) = atelier(&["--database", &back, "load", catalogue.to_str().unwrap()], &[]);
    assert!(succeeded && printed.contains("lamp: as revision 1, which is served"), "{printed}");
}

/// What is in a folder under a hidden name.
#[cfg(unix)]
fn hidden(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.display().to_string()).filter(|name| name.starts_with('.')).collect()
}

#[cfg(unix)]
#[test]
fn a_setting_that_moved_to_the_shop_file_is_not_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let (succeeded, printed) = atelier(&["config"], &[("ATELIER_DESIGNS_KEPT_DAYS", "365")]);
    assert!(!succeeded && printed.contains("say designs_kept_days in the shop file"), "{printed}");
    let file = folder.path().join("atelier.toml");
    std::fs::write(&file, "designs-kept-days = 365\n").unwrap();
    let (succeeded, printed) = atelier(&["--config", file.to_str().unwrap(), "config"], &[]);
    assert!(!succeeded && printed.contains("say designs_kept_days in the shop file"), "{printed}");
    assert!(atelier(&["config"], &[("ATELIER_DESIGNS_KEPT_DAYS", "")]).0);
}

#[test]
fn a_backup_that_is_stopped_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (shop, catalogue) = (folder.path().join("shop.db"), folder.path().join("catalogs"));
    write_product(&catalogue, "lamp", LAMP, "");
    assert!(load(&shop, &[catalogue.to_str().unwrap()]).0);
    let backups = folder.path().join("backups");
    std::fs::create_dir(&backups).unwrap();
    // On a quiet machine it may be done before it is stopped.
    let was_stopped = (0..50).any(|number| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_atelier"));
        command.arg("--database").arg(&shop).arg("backup").arg(backups.join(number.to_string()));
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while hidden(&backups).is_empty() && process.try_wait().unwrap().is_none() {}
        let stop = Command::new("kill").arg(process.id().to_string()).stderr(Stdio::null()).status();
        stop.unwrap();
        let ended = process.wait().unwrap();
        assert_eq!(hidden(&backups), [""; 0], "{ended}");
        !ended.success() && !backups.join(number.to_string()).exists()
    });
    assert!(was_stopped);
}

#[test]
fn a_shop_is_backed_up_and_restored_and_both_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = folder.path().join("catalogs");
    let [shop, backup, restored] =
        ["shop.db", "shop.backup", "restored.db"].map(|name| folder.path().join(name).display().to_string());
    write_product(&catalogue, "lamp", LAMP, "");
    assert!(load(Path::new(&shop), &[catalogue.to_str().unwrap()]).0);

    let (succeeded, printed) = atelier(&["--database", &shop, "backup", &backup], &[]);
    assert!(
        succeeded && printed.contains("products: 1 row, sum ") && printed.contains("is backed up in"),
        "{printed}"
    );
    let (succeeded, printed) = atelier(&["--database", &shop, "backup", &backup], &[]);
    assert!(!succeeded && printed.contains("--replace"), "{printed}");
    let (succeeded, printed) = atelier(&["--database", &shop, "backup", &backup, "--replace"], &[]);
    assert!(succeeded, "{printed}");

    let (succeeded, printed) = atelier(&["restore", &backup], &[("ATELIER_DATABASE", &restored)]);
    assert!(succeeded && printed.contains("is restored in"), "{printed}");
    let (succeeded, printed) = load(Path::new(&restored), &[catalogue.to_str().unwrap()]);
    assert!(succeeded && printed.contains("lamp: as revision 1, which is served"), "{printed}");
    let (succeeded, printed) = atelier(&["--database", &restored, "restore", &backup], &[]);
    assert!(!succeeded && printed.contains("is not empty"), "{printed}");
}

#[test]
fn passwords_of_databases_are_never_printed() {
    let address = "postgres://atelier:sesame@127.0.0.1:1/shop";
    let variables = [("DATABASE_URL", address), ("RUST_LOG", "trace")];
    for arguments in
        [&["admin", "invite", "mia@example.org"][..], &["--help"], &["copy-database", address, address]]
    {
        let (_, printed) = atelier(arguments, &variables);
        assert!(printed.contains("127.0.0.1:1") || arguments == ["--help"], "{printed}");
        assert!(!printed.contains("sesame"), "{printed}");
    }
    for wrong in ["postgres://atelier:sesame@127.0.0.1:port/shop", "mysql://atelier:sesame@127.0.0.1/shop"] {
        let (succeeded, printed) =
            atelier(&["admin", "invite", "mia@example.org"], &[("DATABASE_URL", wrong)]);
        assert!(
            !succeeded && printed.contains("Write postgres://") && !printed.contains("sesame"),
            "{printed}"
        );
    }
    let (succeeded, printed) = atelier(&["schema"], &[("DATABASE_URL", "mysql://")]);
    assert!(succeeded, "{printed}");
}

#[test]
fn a_faulty_shop_file_is_told_with_its_places_and_serves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (file, database) = (folder.path().join("shop.toml"), folder.path().join("shop.db"));
    let (file, database) = (file.to_str().unwrap(), database.to_str().unwrap());
    std::fs::write(file, "name = \"Kiln\"\nvat = \"19 %\"\n").unwrap();
    let (succeeded, printed) = atelier(&["check", file], &[]);
    assert!(succeeded && printed.contains("the shop file of Kiln is sound"), "{printed}");

    std::fs::write(file, "name = \"Kiln\"\nvat = \"lots\"\ntime_zone = \"Mars\"\n").unwrap();
    let serve = ["--database", database, "serve", "--address", "127.0.0.1:0", "--shop-file", file];
    for arguments in [&["check", file][..], &serve] {
        let (succeeded, printed) = atelier(arguments, &[]);
        assert!(!succeeded, "{printed}");
        for fault in ["shop.toml:2:7: 'lots' is no rate.", "shop.toml:3:13: there is no time zone 'Mars'."] {
            assert!(printed.contains(fault), "{printed}");
        }
    }
    assert!(!Path::new(database).exists(), "nothing was begun");
}
