//! `atelier settings`: what the shop is run by, as a shop file, and where that comes from.

use std::fmt::Write;
use std::path::Path;

use shop::Shop;
use shop::shop_file::{names, to_fields};

/// The shop's settings as a shop file. Comments say where they come from.
///
/// # Errors
/// The store failed, or they can't be written as TOML.
pub(super) async fn printed(shop: &Shop, file: Option<&Path>) -> anyhow::Result<String> {
    let settings = shop.settings().await?;
    let file = file.map_or_else(|| "no shop file".to_owned(), |file| file.display().to_string());
    let mut text = match &settings.saved {
        Some(saved) => {
            format!("# saved in the admin by {} at {} (version {})\n", saved.by, saved.at, settings.version)
        }
        None => format!("# as {file} says, and plain values elsewhere\n"),
    };
    let profile = shop.profile();
    let fields = to_fields(profile.source());
    let tags = profile.source().translations.keys().map(String::as_str);
    let differs: Vec<String> =
        names(tags).into_iter().filter(|name| settings.file.get(name) != fields.get(name)).collect();
    if settings.saved.is_some() && !differs.is_empty() {
        // Writing to a String can't fail.
        let _ = writeln!(text, "# otherwise than {file}: {}", differs.join(", "));
    }
    text.push_str(&toml::to_string_pretty(profile.source())?);
    Ok(text)
}
