//! A language for tests: English with each text in ⟦⟧. What a page shows outside of them comes from elsewhere.

use std::sync::LazyLock;

use crate::languages::{Back, Texts};
use crate::locale::Locale;
use crate::{
    Account, Admin, Analysis, Assortment, Audit, Customers, Desk, Editing, Engine, Experiments, Gate,
    GroupMenus, Insight, People, Phrases, Pictures, Plural, Releases, Sentences, Settings, Shop, Studio,
    Tables, Today, Translations, Words, english,
};

pub(crate) static PSEUDO: LazyLock<Texts> = LazyLock::new(|| {
    let plural = Plural::One;
    let (words, shop) = (&english::WORDS, &english::SHOP);
    let locale = Locale { tag: "en-XA", name: "⟦Pseudo⟧", ..words.locale };
    let engine = Engine { plural, texts: wrapped(words.engine.texts) };
    let studio = Studio { plural, texts: wrapped(words.studio.texts) };
    let shop = Shop { plural, texts: wrapped(shop.texts) };
    let phrases = Phrases { plural, texts: wrapped(english::PHRASES.texts) };
    let back = Back {
        account: Account { plural, texts: wrapped(english::BACK.account.texts) },
        admin: Admin { plural, texts: wrapped(english::BACK.admin.texts) },
        analysis: Analysis { plural, texts: wrapped(english::BACK.analysis.texts) },
        assortment: Assortment { plural, texts: wrapped(english::BACK.assortment.texts) },
        audit: Audit { plural, texts: wrapped(english::BACK.audit.texts) },
        customers: Customers { plural, texts: wrapped(english::BACK.customers.texts) },
        desk: Desk { plural, texts: wrapped(english::BACK.desk.texts) },
        editing: Editing { plural, texts: wrapped(english::BACK.editing.texts) },
        experiments: Experiments { plural, texts: wrapped(english::BACK.experiments.texts) },
        insight: Insight { plural, texts: wrapped(english::BACK.insight.texts) },
        pictures: Pictures { plural, texts: wrapped(english::BACK.pictures.texts) },
        people: People { plural, texts: wrapped(english::BACK.people.texts) },
        releases: Releases { plural, texts: wrapped(english::BACK.releases.texts) },
        sentences: Sentences { plural, texts: wrapped(english::BACK.sentences.texts) },
        settings: Settings { plural, texts: wrapped(english::BACK.settings.texts) },
        today: Today { plural, texts: wrapped(english::BACK.today.texts) },
        tables: Tables { plural, texts: wrapped(english::BACK.tables.texts) },
        translations: Translations { plural, texts: wrapped(english::BACK.translations.texts) },
        group_menus: GroupMenus { plural, texts: wrapped(english::BACK.group_menus.texts) },
        gate: Gate { plural, texts: wrapped(english::BACK.gate.texts) },
    };
    Texts { words: Words { locale, engine, studio }, shop, phrases, back: Some(back) }
});

/// Each form in ⟦⟧. There is one language for tests, so what is kept for good here is so once.
fn wrapped(texts: &[&str]) -> &'static [&'static str] {
    let wrapped = |text: &&str| -> &'static str {
        let forms = text.split('|').map(|form| format!("⟦{form}⟧"));
        Box::leak(forms.collect::<Vec<_>>().join("|").into_boxed_str())
    };
    Box::leak(texts.iter().map(wrapped).collect())
}
