//! What the report of an experiment says.

use super::PLURAL;
use crate::experiments::{Experiments, ExperimentsTexts};

pub(crate) const EXPERIMENTS: Experiments = Experiments { plural: PLURAL, texts: &TEXTS.list() };

const TEXTS: ExperimentsTexts = ExperimentsTexts {
    experiment_pays: "“{arm}”: personalising pays.",
    experiment_harms: "“{arm}” lowers order value: stop it.",
    experiment_may_be_dearer: "“{arm}” lifts order value, but not, or not yet, at standard prices: the same orders of dearer designs could be all there is to it. That is no win.",
    experiment_at_a_cost: "“{arm}” lifts order value, and something rises that must not. That is no win.",
    experiment_unsound: "Visitors do not come in the planned shares, so nothing can be said. Look for what loses visitors, or sends them, on one side only, and start again.",
    experiment_too_little: "Whatever “{arm}” does, it is less than the {percent} % that were looked for.",
    experiment_open: "It can't be told yet whether “{arm}” pays.",
    visitors_seen: "{visitors} of {planned} planned visitors are seen.",
    lift_between: "Order value per visitor changes by {low} % to {high} %, with {percent} % certainty, however often one looks.",
    lift_unknown: "By how much order value changes can't be told yet.",
    at_standard_between: "With each order at its product's standard price, whatever was chosen: {low} % to {high} %.",
    rail_rises: "{rail} rise by at least {percent} %.",
    rail_defaults_changed: "Changed defaults",
    rail_edits: "Edits",
    rail_blocked: "Requests for blocked options",
    rail_returns: "Returns",
    segment_gains: "{segment}: “{arm}” gains, {low} % to {high} %.",
    segment_loses: "{segment}: “{arm}” loses, {low} % to {high} %.",
    segment_between: "{segment}: “{arm}” may gain or lose, {low} % to {high} %.",
    segment_open: "{segment}: what “{arm}” does can't be told yet.",
    segments_together: "The interval holds with {percent} % certainty.|These {intervals} intervals hold together with {percent} % certainty. Each is wider than it would be alone, for among many groups one looks good by luck.",
    wrong_default_costs: "A wrong default costs {cost} of order value per visitor here ({least} to {most}), a right one gains {gain}.",
    wrong_default_unknown: "What a wrong default costs can't be told yet: it takes groups of visitors among whom defaults are right more and less often.",
};
