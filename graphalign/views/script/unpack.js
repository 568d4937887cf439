// The page's data as it was before views/pack.py wrote it small.

/**
 * What repeats is said once in `packed`; here each finding, line of evidence, place and property gets it back.
 * @param {any} data @returns {any}
 */
export function unpack(data) {
  const {sources, texts, lines, subjects} = data.packed, {rules} = data.report, severities = ["high", "medium", "low", "info"];

  /** @param {Array<[string, any]>} pairs the properties that are there */
  function record(pairs) {
    /** @type {{[key: string]: any}} */
    const made = {};
    // defineProperty: a property of the data may be called __proto__.
    for (const [key, value] of pairs) if (value !== null && value !== undefined) Object.defineProperty(made, key, {value, writable: true, enumerable: true, configurable: true});
    return made;
  }

  /** @param {number} at */
  function evidence(at) {
    const [text, source, row, key] = lines[at], [file, sheet] = sources[source];
    return record([["text", text], ["file", file], ["sheet", sheet], ["row", row], ["key", key]]);
  }

  /** @param {any[]} said @returns {any} */
  function finding([id, rule, severity, noted, message, about, said, remedy, folded]) {
    const {code, name} = rules[rule], names = subjects[code];
    return {id, rule: code, name, severity: severities[severity], noted: noted === 1, message, subjects: record(names.map((/** @type {string} */ word, /** @type {number} */ i) => [word, about[i]])), evidence: said.map(evidence), remedy: texts[remedy], folded: folded.map(finding)};
  }

  /** @param {any} properties @param {any} none what stands where there are none @returns {any[]} */
  function records({of, columns}, none) {
    /** @type {Array<Array<[string, any]>>} */
    const pairs = Array.from({length: of}, () => []);
    for (const [name, steps, values] of columns) {
      let at = 0;
      steps.forEach((/** @type {number} */ step, /** @type {number} */ i) => { at += step; pairs[at].push([name, values[i]]); });
    }
    return pairs.map(some => (some.length ? record(some) : none === 0 ? 0 : {}));
  }

  /** @param {any} place @returns {string[]} */
  function places({of, row, key}) {
    const keys = new Map(key);
    return of.map((/** @type {number} */ source, /** @type {number} */ at) => {
      if (source < 0) return "";
      const [file, sheet] = sources[source];
      return [file, sheet && `sheet ${sheet}`, row[at] && `row ${row[at]}`, keys.get(at)].filter(Boolean).join(", ");
    });
  }

  const report = {...data.report, findings: data.report.findings.map(finding), waived: data.report.waived.map((/** @type {any} */ held) => ({...held, finding: finding(held.finding)}))};
  const nodes = {...data.nodes, properties: records(data.nodes.properties, {}), place: places(data.nodes.place)};
  const edges = {...data.edges, properties: records(data.edges.properties, 0), place: places(data.edges.place)};
  return {...data, report, nodes, edges};
}
