//! Columns of small diagrams.

use crate::diagram::builder::Builder;
use crate::diagram::{Arc, Diagram};
use crate::model::{ValueId, VariableId};

/// Three variables of two values: whatever the first, the others differ, and the last costs something then.
fn diagram() -> Diagram {
    let mut builder = Builder::new(&[2, 2, 2]);
    let literal = |builder: &Builder, variable, value| builder.literal(VariableId(variable), ValueId(value));
    let mut differ = |cost| {
        let arcs = [0, 1].map(|value| Arc {
            cost: cost * i64::from(value),
            factors: vec![literal(&builder, 1, value), literal(&builder, 2, 1 - value)],
        });
        builder.node(arcs.to_vec())
    };
    let below = [differ(5), differ(7)];
    let arcs = [0, 1]
        .map(|value| Arc { cost: 0, factors: vec![literal(&builder, 0, value), below[value as usize]] });
    let root = builder.node(arcs.to_vec());
    builder.finish(root)
}

/// A column with arcs at two depths: both share nothing but what they cost, and one leads to the node of the other.
fn deep() -> Diagram {
    let mut builder = Builder::new(&[2]);
    let arc = |cost, factor| Arc { cost, factors: vec![factor] };
    let [no, yes] = [0, 1].map(|value| builder.literal(VariableId(0), ValueId(value)));
    let low = builder.node(vec![arc(5, no), arc(0, yes)]);
    let other = builder.node(vec![arc(1, no), arc(0, yes)]);
    let root = builder.node(vec![arc(5, low), arc(2, other)]);
    builder.finish(root)
}

#[test]
fn every_arc_stands_in_one_column_after_what_is_below_it() {
    let flat = diagram();
    each_arc_has_its_place(&flat);
    assert!(flat.columns.iter().any(|column| column.arcs.len() > 1), "arcs of two nodes that are alike");
    let deep = deep();
    each_arc_has_its_place(&deep);
    assert_eq!(deep.columns.iter().filter(|column| column.cost == 5).count(), 2, "in two parts");
}

fn each_arc_has_its_place(diagram: &Diagram) {
    let mut placed = vec![0; diagram.nodes()];
    let mut found = Vec::new();
    for column in diagram.columns.iter() {
        for arc in column.arcs {
            for below in column.shared.iter().chain([&arc.own]).filter_map(|&factor| diagram.node_of(factor))
            {
                assert_eq!(placed[below], diagram.arcs_of(below).len(), "complete before it is used");
            }
        }
        for arc in column.arcs {
            let node = diagram.node_of(arc.node).unwrap();
            placed[node] += 1;
            let mut factors = [column.shared, &[arc.own]].concat();
            factors.sort_unstable();
            found.push((node, column.cost, factors));
        }
    }
    let arcs = (0..diagram.nodes()).flat_map(|node| diagram.arcs_of(node).map(move |arc| (node, arc)));
    let mut expected: Vec<_> =
        arcs.map(|(node, arc)| (node, diagram.costs[arc], diagram.factors_of_arc(arc).to_vec())).collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}
