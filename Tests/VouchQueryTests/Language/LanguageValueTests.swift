import Testing

@testable import VouchQuery

/// Expressions and their values, in the notation of the openCypher kit.
@Suite struct LanguageValueTests {
  @Test(arguments: [
    // Three-valued logic.
    ("true AND null", "null"), ("false AND null", "false"), ("true OR null", "true"), ("false OR null", "null"),
    ("NOT null", "null"), ("true XOR null", "null"), ("null = null", "null"), ("null <> null", "null"),
    ("null IS NULL", "true"), ("1 IS NOT NULL", "true"), ("1 IN [1, null]", "true"), ("2 IN [1, null]", "null"),
    ("2 IN [1, 3]", "false"), ("[1, null] = [1, 2]", "null"), ("[1, null] = [2, null]", "false"), ("1 = '1'", "false"),
    ("1 < '1'", "null"), ("all(x IN [1, null] WHERE x > 0)", "null"), ("any(x IN [1, null] WHERE x > 0)", "true"),
    ("none(x IN [] WHERE x)", "true"), ("single(x IN [1, 2] WHERE x = 2)", "true"), ("1 < 2 < 3", "true"),
    ("1 < 3 < 2", "false"), ("coalesce(null, 2)", "2"),
    // Numbers.
    ("7 / 2", "3"), ("7 / 2.0", "3.5"), ("-7 % 3", "-1"), ("2 ^ 3", "8.0"), ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"),
    ("2 - 3 - 4", "-5"), ("-2 ^ 2", "4.0"), ("1 = 1.0", "true"), ("0.0 / 0.0 = 0.0 / 0.0", "false"),
    ("toInteger('12')", "12"), ("toInteger('x')", "null"), ("round(2.345, 2)", "2.35"), ("sign(-3)", "-1"),
    // Strings and lists.
    ("'a' + 1 + 2.5", "'a12.5'"), ("'abc' STARTS WITH 'ab'", "true"), ("'abc' ENDS WITH 'bc'", "true"),
    ("'ananas' CONTAINS 'nas'", "true"), ("'abc' CONTAINS ''", "true"), ("substring('hello', 1, 3)", "'ell'"),
    ("split('a, b', ', ')", "['a', 'b']"), ("replace('a-b-c', '-', '+')", "'a+b+c'"), ("toUpper('é')", "'É'"),
    ("size('né')", "2"), ("trim('  x ')", "'x'"), ("left('abc', 2) + right('abc', 1)", "'abc'"),
    ("reverse([1, 2])", "[2, 1]"),
    ("[1, 2, 3][-1]", "3"), ("[1, 2, 3][1..]", "[2, 3]"), ("[1, 2, 3][..-1]", "[1, 2]"), ("[1] + 2 + [3]", "[1, 2, 3]"),
    ("[x IN range(1, 5) WHERE x % 2 = 1 | x * 10]", "[10, 30, 50]"), ("head([])", "null"), ("tail([1, 2])", "[2]"),
    ("{a: 1, b: [2]}.b[0]", "2"), ("keys({b: 1, a: 2})", "['a', 'b']"), ("\"it's\"", "'it's'"), ("'\\u0041'", "'A'"),
    // Dates: a month begins with its first day and ends with its last.
    ("date('2025-12-28') > date('2025-12-27')", "true"), ("DATE '2025-12' <= DATE '2025-12-31'", "true"),
    ("DATE '2025-12' < DATE '2025-12-31'", "false"), ("DATE '2025-12-31' >= DATE '2025-12'", "true"),
    ("DATE '2025-11' < DATE '2025-12-01'", "true"), ("DATE '2025' = '2025'", "true"), ("DATE '2025-12-28'.month", "12"),
    ("CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END", "'b'"), ("CASE WHEN null THEN 1 ELSE 2 END", "2"),
  ])
  func expressions(text: String, value: String) throws {
    let graph = TestGraph()
    let answer = try graph.answer("RETURN \(text) AS x")
    #expect(TCKValue.form(answer.rows[0][0], in: graph, sortingLists: false) == value, "\(text)")
  }

  @Test(arguments: [
    ("RETURN x ORDER BY x", "[1, 2.5, 3, null]"), ("RETURN x ORDER BY x DESC", "[null, 3, 2.5, 1]"),
    ("RETURN DISTINCT x % 2 AS x ORDER BY x", "[0.5, 1, null]"), ("RETURN count(x) AS x", "[3]"),
    ("RETURN count(*) AS x", "[4]"), ("RETURN sum(x) AS x", "[6.5]"), ("RETURN max(x) AS x", "[3]"),
    ("RETURN min(x) AS x", "[1]"), ("RETURN avg(x) AS x", "[2.1666666666666665]"),
    ("RETURN collect(x) AS x", "[[3, 1, 2.5]]"),
    ("WITH x WHERE x > 1 RETURN x", "[3, 2.5]"), ("RETURN x SKIP 1 LIMIT 2", "[1, null]"), ("RETURN x LIMIT 0", "[]"),
    ("RETURN count(DISTINCT x > 1) AS x", "[2]"), ("WITH x WHERE x > 9 RETURN count(*) AS x", "[0]"),
    ("WITH x WHERE x > 9 RETURN max(x) AS x", "[null]"), ("WITH x WHERE x > 9 RETURN 1 AS y, count(*) AS x", "[]"),
  ])
  func projections(text: String, values: String) throws {
    let graph = TestGraph()
    let answer = try graph.answer("UNWIND [3, 1, null, 2.5] AS x \(text)")
    let column = answer.columns.firstIndex(of: "x") ?? 0
    #expect(TCKValue.form(.list(answer.rows.map { $0[column] }), in: graph, sortingLists: false) == values, "\(text)")
  }

  @Test func theBudgetEndsAQuery() throws {
    let graph = TestGraph.random(seed: 5, nodes: 12, edges: 60)
    let error = #expect(throws: QueryError.self) {
      try graph.answer("MATCH (a)-[e]-{1,20}(b) RETURN count(*)", work: 100_000)
    }
    #expect(error?.code == .budget)
    // Where enough is found early, a small budget is enough.
    #expect(try graph.answer("MATCH (a)-[e]-{1,20}(b) RETURN a LIMIT 3", work: 1000).rows.count == 3)
  }

  @Test func theOrderOfRowsIsAlwaysTheSame() throws {
    let graph = TestGraph.random(seed: 6, nodes: 8, edges: 20)
    for query in [
      "MATCH (a)-[e]-(b)-[f]-(c) RETURN a, e, b, f, c", "MATCH p = ALL SHORTEST (a)-[e]-+(b) RETURN p",
      "MATCH (a)-[e]->(b) RETURN a.v, collect(b.n), count(*)", "MATCH (a) RETURN DISTINCT a.v",
    ] {
      #expect(try graph.answer(query).rows == graph.answer(query).rows)
    }
  }
}
