use super::*;

fn chosen(shown: u32, chosen: u32) -> Chosen {
    Chosen { shown, chosen }
}

#[test]
fn an_interval_is_wilsons_and_stays_between_none_and_all() {
    let is_about = |(low, high): (f64, f64), (wanted_low, wanted_high): (f64, f64)| {
        (low - wanted_low).abs() < 0.000_1 && (high - wanted_high).abs() < 0.000_1
    };
    assert!(is_about(chosen(100, 10).interval(), (0.055_2, 0.174_4)));
    assert!(is_about(chosen(30, 12).interval(), (0.245_9, 0.576_8)));
    assert!(is_about(chosen(20, 0).interval(), (0.0, 0.161_1)));
    assert!(is_about(chosen(20, 20).interval(), (0.838_9, 1.0)));
    assert!(is_about(chosen(0, 0).interval(), (0.0, 1.0)));
}

/// Of samples of a known share the interval holds it about as often as it says.
#[test]
fn the_interval_holds_the_truth_in_about_95_of_100() {
    let (visits, truth) = (60_u32, 0.2_f64);
    // The probability of each count, from that of the one before.
    let mut probability = (1.0 - truth).powi(60);
    let mut held = 0.0;
    for count in 0..=visits {
        let (low, high) = chosen(visits, count).interval();
        held += if (low..=high).contains(&truth) { probability } else { 0.0 };
        probability *= f64::from(visits - count) / f64::from(count + 1) * truth / (1.0 - truth);
    }
    assert!((0.93..0.98).contains(&held), "{held}");
}

fn worth(worth: f64) -> PartWorth {
    PartWorth { worth, within: 0.3 }
}

#[test]
fn choices_agree_differ_or_cannot_tell() {
    let others = [(worth(0.0), chosen(100, 20)), (worth(-0.2), chosen(100, 25))];
    let told = |own: f64, times: u32| agreement((worth(own), chosen(100, times)), &others);
    assert_eq!(told(1.0, 60), Some(Agreement::Agrees));
    assert_eq!(told(-1.5, 5), Some(Agreement::Agrees));
    assert_eq!(told(1.0, 5), Some(Agreement::Differs));
    assert_eq!(told(-1.5, 60), Some(Agreement::Differs));
    assert_eq!(told(0.1, 60), Some(Agreement::Unclear), "orders can't tell");
    assert_eq!(told(1.0, 22), Some(Agreement::Unclear), "choices can't tell");
    assert_eq!(agreement((worth(1.0), chosen(100, 60)), &[]), None);
}
