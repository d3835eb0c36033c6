//! Products: their files, rules, menus and artifacts, from outside. One program, since each takes as long to build as another.

mod applies;
mod artifact;
#[cfg(test)]
mod builders;
mod catalogs;
mod causes;
mod clicks;
mod file;
mod in_words;
mod moved_last;
mod reasons;
mod rules;
mod said;
mod sentences;
mod spelling;
mod stale;
mod tables;
mod terms;
