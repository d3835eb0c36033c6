//! Settings from a file, beneath flags and the environment: `atelier config` prints what is in force and where it comes from.
//! A setting is an option of the command line; the file names it like that, without the two dashes.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};
use toml::{Table, Value};
use url::Url;

/// The command whose options are the settings.
const SETTINGS: &str = "serve";
/// How alike a name is that was probably meant, of 1.
const ALIKE: f64 = 0.7;

/// Settings of earlier releases: their names here, their variables, and the field of the shop file that they are now.
const MOVED: [(&str, &str, &str); 1] =
    [("designs-kept-days", "ATELIER_DESIGNS_KEPT_DAYS", "designs_kept_days")];

/// What the command line, the environment and the file say together.
pub struct Settings {
    /// As clap reads them.
    pub matches: ArgMatches,
    file: Option<PathBuf>,
    from_file: Table,
}

/// Reads the arguments over what the file says that they or the environment name. Prints what is wrong with the arguments, or
/// their help, and ends the process then.
///
/// # Errors
/// The file can't be read, or says what no setting is, or the environment has a setting that moved to the shop file.
pub fn read(command: Command, arguments: Vec<OsString>) -> anyhow::Result<Settings> {
    let is_set = |variable: &str| std::env::var_os(variable).is_some_and(|value| !value.is_empty());
    if let Some((_, variable, field)) = MOVED.iter().find(|(_, variable, _)| is_set(variable)) {
        bail!(
            "{variable} is no setting any more; say {field} in the shop file, or under Settings in the admin"
        );
    }
    let file = named_file(&arguments);
    let from_file = match &file {
        Some(file) => read_file(file, &command)?,
        None => Table::new(),
    };
    let matches = with_defaults(command, &from_file)?.get_matches_from(arguments);
    Ok(Settings { matches, file, from_file })
}

/// The file that an argument names, or the environment.
fn named_file(arguments: &[OsString]) -> Option<PathBuf> {
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--config") => return arguments.next().map(PathBuf::from),
            Some(argument) if argument.starts_with("--config=") => {
                return argument.split_once('=').map(|(_, file)| file.into());
            }
            _ => {}
        }
    }
    std::env::var_os("ATELIER_CONFIG").filter(|file| !file.is_empty()).map(PathBuf::from)
}

/// Names of all settings, in the order of the help.
pub fn names(command: &Command) -> Vec<String> {
    let settings = command.find_subcommand(SETTINGS).into_iter().flat_map(Command::get_arguments);
    let all = command.get_arguments().chain(settings).filter_map(|argument| argument.get_long());
    all.filter(|name| !["help", "version", "config"].contains(name)).map(str::to_owned).collect()
}

fn read_file(file: &Path, command: &Command) -> anyhow::Result<Table> {
    let place = || format!("the settings in {}", file.display());
    let text = std::fs::read_to_string(file).with_context(|| format!("{} can't be read", place()))?;
    let table: Table = toml::from_str(&text).with_context(|| format!("{} are no TOML", place()))?;
    let known = names(command);
    if let Some(name) = table.keys().find(|name| !known.contains(name)) {
        if let Some((_, _, field)) = MOVED.iter().find(|(moved, ..)| moved == name) {
            bail!("{}: '{name}' is no setting any more; say {field} in the shop file", place());
        }
        let near = known.iter().map(|known| (strsim::jaro_winkler(name, known), known));
        let near =
            near.filter(|(alike, _)| *alike >= ALIKE).max_by(|(one, _), (other, _)| one.total_cmp(other));
        match near {
            Some((_, near)) => bail!("{}: there is no '{name}'; is '{near}' meant?", place()),
            None => bail!("{}: there is no '{name}'; docs/configuration.md lists all", place()),
        }
    }
    Ok(table)
}

/// The command where what the file says stands in place of the defaults.
fn with_defaults(command: Command, from_file: &Table) -> anyhow::Result<Command> {
    let mut command = command;
    for (name, value) in from_file {
        let text =
            plain(value).with_context(|| format!("'{name}' is a text, a number or a list of texts"))?;
        let set = |argument: clap::Arg| match argument.get_long() == Some(name.as_str()) {
            true => argument.default_value(text.clone()),
            false => argument,
        };
        command = command.mut_args(set);
        for subcommand in [SETTINGS, "config", "settings"] {
            command = command.mut_subcommand(subcommand, |subcommand| subcommand.mut_args(set));
        }
    }
    Ok(command)
}

/// A value as the command line has it.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(truth) => Some(truth.to_string()),
        Value::Array(values) => values.iter().map(plain).collect::<Option<Vec<_>>>().map(|all| all.join(",")),
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => None,
    }
}

impl Settings {
    /// Every setting as a line of a file, with where it comes from. Passwords are hidden.
    pub fn printed(&self, command: &Command) -> String {
        let matches = self.matches.subcommand().map_or(&self.matches, |(_, matches)| matches);
        let lines = names(command).into_iter().map(|name| {
            let id = name.replace('-', "_");
            let values = matches.get_raw(&id).into_iter().flatten();
            let values: Vec<String> = values.map(|value| hidden(&name, &value.to_string_lossy())).collect();
            let origin = match matches.value_source(&id) {
                Some(ValueSource::CommandLine) => "flag".to_owned(),
                Some(ValueSource::EnvVariable) => "environment".to_owned(),
                Some(_) if self.from_file.contains_key(&name) => {
                    self.file.as_deref().map_or_else(String::new, |file| file.display().to_string())
                }
                _ => "default".to_owned(),
            };
            match values.is_empty() {
                true => format!("# {name} is not set\n"),
                false => format!("{name} = {:?} # {origin}\n", values.join(",")),
            }
        });
        lines.collect()
    }
}

/// A value without what nobody is to see: the password of an address, and also the user of a database's.
fn hidden(name: &str, value: &str) -> String {
    if name.starts_with("database") {
        let address = value.parse::<store::Address>();
        return address.map_or_else(|_| "hidden: it can't be read".to_owned(), |address| address.to_string());
    }
    match Url::parse(value) {
        Ok(mut address) if address.password().is_some() => {
            // An address that has a password can have another one.
            let _ = address.set_password(Some("hidden"));
            address.into()
        }
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;

    #[test]
    fn passwords_in_addresses_are_hidden() {
        for secret in ["postgres://shop:s3cret@db/atelier", "postgres://db/atelier?user=shop&password=s3cret"]
        {
            let shown = hidden("database-url", secret);
            assert!(shown.contains("db") && !shown.contains("s3cret") && !shown.contains("shop"), "{shown}");
        }
        assert!(!hidden("database", "postgres://s3cret@:x/").contains("s3cret"));
        assert_eq!(hidden("database", "shop.db"), "shop.db");
        assert_eq!(hidden("url", "https://shop.example.org"), "https://shop.example.org");
    }

    /// The document has a row for every setting, with its variable and its default, and no other.
    #[test]
    fn the_documentation_lists_every_setting() {
        let command = crate::Arguments::command();
        let document = include_str!("../../docs/configuration.md");
        let rows: BTreeSet<&str> = document.lines().filter(|line| line.starts_with("| `")).collect();
        let settings = command.find_subcommand(SETTINGS).unwrap().get_arguments();
        let mut wanted = BTreeSet::new();
        for argument in
            command.get_arguments().chain(settings).filter(|argument| argument.get_env().is_some())
        {
            let name = argument.get_long().unwrap();
            let variable = argument.get_env().unwrap().to_str().unwrap();
            let default: Vec<_> =
                argument.get_default_values().iter().map(|value| value.to_str().unwrap()).collect();
            let default = if default.is_empty() { String::new() } else { format!("`{}`", default.join(",")) };
            let start = format!("| `{name}` | `{variable}` | {default} |").replace("|  |", "| |");
            assert!(
                rows.iter().any(|row| row.starts_with(&start)),
                "docs/configuration.md lacks a row {start}"
            );
            wanted.insert(name.to_owned());
        }
        let told: BTreeSet<String> =
            rows.iter().map(|row| row.split('`').nth(1).unwrap().to_owned()).collect();
        assert_eq!(told, wanted);
    }
}
