//! Which values no rule and no price tells apart.

#[cfg(test)]
mod tests {
    use engine::compile::Limits;
    use engine::model::{
        Comparison, ConstraintKind, Expression, Formula, Model, Price, PriceKind, ValueId, Variable,
        VariableId,
    };
    use proptest::prelude::*;
    use testing_models::{assignments, config, models, valid_assignments};

    proptest! {
        #![proptest_config(config(2_000))]

        /// Whether formulas are tried out as a whole or looked at part by part.
        #[test]
        fn no_rule_and_no_price_tells_merged_values_apart(model in models(), most_tried in 0_usize..200) {
            let Some(merged) = model.merged_trying(most_tried) else { return Ok(()) };
            let valid = valid_assignments(&model);
            for assignment in assignments(&model) {
                let class = |(classes, value): (&Vec<Vec<ValueId>>, &ValueId)| {
                    ValueId::new(classes.iter().position(|class| class.contains(value)).unwrap())
                };
                let classes: Vec<ValueId> = merged.classes.iter().zip(&assignment).map(class).collect();
                prop_assert_eq!(valid.contains(&assignment), merged.model.is_valid(&classes));
                let own = model.variables.iter().zip(&assignment);
                let own: i64 = own.map(|(variable, value)| variable.prices[value.index()]).sum();
                prop_assert_eq!(model.price(&assignment) - own, merged.model.price(&classes));
            }
        }
    }

    /// A variable of this many values, and itself as a number: the value's place.
    fn number(model: &mut Model, size: usize) -> (VariableId, Expression) {
        let names = (0..size).map(|value| value.to_string()).collect();
        let variable = model.add_variable(Variable::new(format!("v{}", model.variables.len()), names));
        (variable, Expression::Of(variable, (0_i64..).take(size).collect()))
    }

    fn compare(left: Expression, comparison: Comparison, right: i64) -> Formula {
        Formula::Compare(left, comparison, Expression::Constant(right))
    }

    fn told(model: &mut Model, formula: Formula) {
        model.add_constraint("told", ConstraintKind::Formula(formula));
    }

    /// The classes of a variable, each as its first and last value; they are intervals in these tests.
    fn intervals(model: &Model, variable: VariableId) -> Vec<(u32, u32)> {
        let merged = model.merged().unwrap();
        let ends = |class: &Vec<ValueId>| (class[0].0, class[class.len() - 1].0);
        merged.classes[variable.index()].iter().map(ends).collect()
    }

    #[test]
    fn numbers_are_cut_where_rules_distinguish_them() {
        let mut model = Model::default();
        let (width, wide) = number(&mut model, 100);
        let (boards, several) = number(&mut model, 3);
        told(&mut model, compare(wide.clone(), Comparison::AtMost, 79));
        let share = Expression::Product(Box::new(wide), Box::new(several));
        told(&mut model, compare(share, Comparison::AtMost, 60));
        assert_eq!(intervals(&model, width), [(0, 30), (31, 60), (61, 79), (80, 99)]);
        assert_eq!(intervals(&model, boards), [(0, 0), (1, 1), (2, 2)]);
    }

    #[test]
    fn what_is_too_much_to_try_is_told_apart_by_its_parts() {
        let mut model = Model::default();
        let mut sum = Vec::new();
        let mut first = VariableId(0);
        for at in 0..9 {
            let (variable, _) = number(&mut model, 10);
            if at == 0 {
                first = variable;
            }
            sum.push(Expression::Of(variable, (0..10).map(|value| i64::from(value >= 5)).collect()));
        }
        let within = compare(Expression::Sum(sum), Comparison::AtMost, 4);
        told(&mut model, Formula::Or(vec![within, Formula::In(first, vec![ValueId(0), ValueId(1)])]));
        assert_eq!(intervals(&model, first), [(0, 1), (2, 4), (5, 9)]);
        assert_eq!(intervals(&model, VariableId(1)), [(0, 4), (5, 9)]);
    }

    #[test]
    fn tables_tell_values_with_different_rows_apart() {
        let mut model = Model::default();
        let (size, _) = number(&mut model, 5);
        let (colour, _) = number(&mut model, 4);
        let scope = vec![size, colour];
        let rows = |rows: &[[u32; 2]]| rows.iter().flatten().map(|&value| ValueId(value)).collect();
        let tuples = rows(&[[0, 0], [1, 0], [2, 0], [2, 3], [3, 3], [4, 3]]);
        let kind = ConstraintKind::Table { scope: scope.clone(), tuples, allowed: true };
        model.add_constraint("table", kind);
        assert_eq!(intervals(&model, size), [(0, 1), (2, 2), (3, 4)]);
        assert_eq!(intervals(&model, colour), [(0, 0), (1, 2), (3, 3)]);

        // The second row of the same tuple counts for nothing, and neither does one with the amount of all others.
        let tuples = rows(&[[0, 0], [1, 0], [1, 0], [3, 1], [4, 3]]);
        let kind = PriceKind::Table { scope, tuples, amounts: vec![5, 5, 9, 7, 5], otherwise: 7 };
        model.prices.push(Price { name: "price".to_owned(), kind });
        assert_eq!(intervals(&model, size), [(0, 1), (2, 2), (3, 3), (4, 4)]);
        assert_eq!(intervals(&model, colour), [(0, 0), (1, 2), (3, 3)]);
    }

    #[test]
    fn a_number_of_many_values_makes_a_small_diagram() {
        let mut model = Model::default();
        let (_, width) = number(&mut model, 2_000);
        let (_, height) = number(&mut model, 2_000);
        let (_, kind) = number(&mut model, 12);
        for step in 1..12 {
            let either = |limit| {
                Formula::Or(vec![
                    compare(kind.clone(), Comparison::Unequal, step),
                    compare(limit, Comparison::AtMost, step * 150),
                ])
            };
            told(&mut model, either(width.clone()));
            told(&mut model, either(height.clone()));
        }
        let diagram = model.compile(Limits::default()).unwrap();
        // Each value once, and a few for each kind.
        assert!(diagram.arcs() < 4_000 + 200, "{} arcs", diagram.arcs());
        let counts = vec![1_u128; diagram.literals()];
        let mut pass = engine::pass::Pass::<engine::pass::Count>::default();
        pass.upwards(&diagram, &counts);
        let expected: u128 = (1..12_u128).map(|step| (step * 150 + 1).pow(2)).sum::<u128>() + 2_000 * 2_000;
        assert_eq!(pass.total(&diagram), expected);
    }
}
