'use strict';
/**
 * The one place where a situation is weighed. A pure function of the measured report and the situation: no document,
 * no clock, no chance; the page and the tests call the same code.
 *
 * Each criterion gives each answer a score from -2 (speaks against) to 2 (speaks for); the weights are the reader's.
 */
const Choice = (() => {
  const OPTIONS = [
    { id: 'library', title: 'a library' },
    { id: 'sidecar', title: 'a sidecar' },
    { id: 'service', title: 'neither: one service or daemon for all' },
  ];

  /** What is asked, with what is assumed when nothing was said. */
  const QUESTIONS = [
    { id: 'languages', title: 'Languages of your applications', value: 'java', kind: 'text', hint: 'comma between them' },
    { id: 'instances-per-host', title: 'Instances on one host', value: 4, kind: 'number', min: 1 },
    { id: 'calls-per-second', title: 'Feature calls a second, per instance', value: 50, kind: 'number', min: 0 },
    { id: 'memory-per-instance', title: 'Memory of one instance, MB', value: 512, kind: 'number', min: 16 },
    { id: 'owner', title: 'Who owns the features', value: 'same-team', kind: 'choice',
      values: [['same-team', 'the team of the application'], ['other-team', 'another team'], ['other-organization', 'another organization']] },
    { id: 'changes-per-month', title: 'Changes of the features a month', value: 1, kind: 'number', min: 0 },
    { id: 'isolation', title: 'Must a broken feature leave the application alone', value: 'some', kind: 'choice',
      values: [['none', 'it may take it down'], ['some', 'it would be good'], ['strict', 'it must never take it down']] },
    { id: 'colocated', title: 'Must the feature be on the host of the application', value: 'yes', kind: 'choice',
      values: [['yes', 'yes: it reads its files, processes, host'], ['no', 'no']] },
    { id: 'scales-apart', title: 'Must it scale differently from the application', value: 'no', kind: 'choice',
      values: [['no', 'no'], ['yes', 'yes']] },
  ];

  const WEIGHTS = { languages: 3, latency: 2, cpu: 1, memory: 2, owner: 2, upgrade: 2, isolation: 3, colocated: 2, scaling: 3 };
  const JVM = ['java', 'kotlin', 'scala', 'groovy', 'clojure'];
  const FEATURES = ['log', 'log-acknowledged', 'lookup', 'health', 'config-read', 'heartbeat'];

  const clamp = (value) => Math.max(-2, Math.min(2, value));
  const median = (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length === 0 ? 0 : sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  };
  const round = (value) => {
    const size = Math.abs(value);
    return size >= 100 ? Math.round(value) : size >= 10 ? Math.round(value * 10) / 10 : Math.round(value * 100) / 100;
  };
  const megabytes = (bytes) => bytes / 1048576;

  function defaults(report) {
    const situation = {};
    for (const question of QUESTIONS) {
      const said = (report.situation || {})[question.id];
      const usable = said !== undefined && (question.kind === 'number' ? Number(said) >= question.min
        : question.kind === 'choice' ? question.values.some(([value]) => value === said) : String(said).trim() !== '');
      situation[question.id] = !usable ? question.value : question.kind === 'number' ? Number(said) : String(said);
    }
    return situation;
  }

  /** The measured numbers behind the criteria. */
  function facts(report) {
    const cells = (report.operations || []).filter((operation) => FEATURES.includes(operation.id)).map((operation) => operation.ways);
    const both = cells.filter((ways) => ways.library && ways['sidecar-unix']);
    const added = (of) => median(both.map((ways) => of(ways['sidecar-unix']) - of(ways.library)));
    const memory = report.memory || {};
    const pss = (way, process) => megabytes((((memory[way] || {})[process] || {}).load || {}).pssBytes || 0);
    return {
      latencyUs: Math.max(0, added((cell) => cell.paced.p50Us)),
      cpuUs: Math.max(0, added((cell) => cell.appCpuUs + cell.sidecarCpuUs)),
      sidecarMb: pss('sidecar-unix', 'sidecar'),
      extraMb: Math.max(0, pss('sidecar-unix', 'sidecar') + pss('sidecar-unix', 'app') - pss('library', 'app')),
      blast: (report.blastRadius || []).filter((run) => run.fault !== 'upgrade'),
      upgrade: report.upgrade || [],
    };
  }

  const failedShare = (run) => run.own.sent > 0 ? run.own.failed / run.own.sent : 0;

  /** How often the application died, and which part of its own requests failed, on the average of all faults. */
  function harm(runs, way) {
    const seen = runs.filter((run) => run.way === way);
    const died = seen.filter((run) => run.appDied).length;
    const failed = seen.length ? seen.reduce((sum, run) => sum + failedShare(run), 0) / seen.length : 0;
    return { seen: seen.length, died, failed };
  }

  /** From 0, the other is as bad, to 1, the other is without harm. */
  const relief = (library, other) => library > 0 ? Math.max(0, 1 - other / library) : 0;
  const percent = (share) => round(100 * share) + ' %';

  const JUDGES = [
    { id: 'languages', title: 'Languages', judge(s) {
      const foreign = String(s.languages).split(/[,;\s]+/).filter(Boolean).filter((name) => !JVM.includes(name.toLowerCase()));
      return { scores: foreign.length === 0 ? [1, 0, 0] : [-1 - Math.min(1, (foreign.length - 1) / 2), 2, 2],
        number: foreign.length === 0 ? 'one library is enough' : 'the library would have to be written again for ' + foreign.join(', '),
        tips: 'languages' };
    } },
    { id: 'latency', title: 'Time waited in calls', judge(s, f) {
      const share = s['calls-per-second'] * f.latencyUs / 1e4;
      return { scores: [clamp(share / 2), clamp(1 - share / 2), clamp(0.5 - share)],
        number: round(f.latencyUs) + ' µs more a call × ' + s['calls-per-second'] + ' a second = ' + round(share) + ' % of one thread waits',
        tips: 'calls-per-second' };
    } },
    { id: 'cpu', title: 'Processor time', judge(s, f) {
      const share = s['calls-per-second'] * s['instances-per-host'] * f.cpuUs / 1e4;
      return { scores: [clamp(share / 10), clamp(0.5 - share / 10), clamp(0.5 - share / 15)],
        number: round(f.cpuUs) + ' µs more a call × ' + s['calls-per-second'] + ' × ' + s['instances-per-host'] + ' instances = ' + round(share) + ' % of one core',
        tips: 'calls-per-second' };
    } },
    { id: 'memory', title: 'Memory', judge(s, f) {
      const share = 100 * f.extraMb / s['memory-per-instance'];
      const all = f.extraMb * s['instances-per-host'];
      return { scores: [clamp(share / 15), clamp(1 - share / 15), clamp(s['instances-per-host'] > 1 ? share / 25 : 0)],
        number: round(f.extraMb) + ' MB more each = ' + round(share) + ' % of an instance; ' + round(all) + ' MB on the host; one daemon would take ' + round(f.sidecarMb) + ' MB once',
        tips: 'memory-per-instance' };
    } },
    { id: 'owner', title: 'Ownership', judge(s) {
      const scores = { 'same-team': [1, 0, -0.5], 'other-team': [-1, 1.5, 1], 'other-organization': [-2, 2, 1.5] }[s.owner] || [0, 0, 0];
      return { scores, number: s.owner === 'same-team' ? 'one team releases both' : 'owners can release without the application\'s build', tips: 'owner' };
    } },
    { id: 'upgrade', title: 'Upgrades', judge(s, f) {
      const restart = f.upgrade.find((run) => run.way === 'library');
      const beside = f.upgrade.find((run) => run.way === 'sidecar');
      const gain = restart && beside ? relief(failedShare(restart), failedShare(beside)) : 0.7;
      const often = gain * Math.min(2, Math.log2(1 + s['changes-per-month']) / 2);
      return { scores: [clamp(0.5 - often), clamp(often), clamp(often)],
        number: s['changes-per-month'] + ' a month' + (restart && beside ? '; measured: library restarts the application, ' + restart.own.failed + ' requests failed; sidecar ' + (beside.appDied ? 'too, ' : 'does not, ') + beside.own.failed + ' failed' : '; not measured in this run'),
        tips: 'changes-per-month' };
    } },
    { id: 'isolation', title: 'Isolation', judge(s, f) {
      const wanted = { none: 0, some: 0.5, strict: 1 }[s.isolation] ?? 0.5;
      const library = harm(f.blast, 'library');
      const sidecar = harm(f.blast, 'sidecar');
      const gain = library.seen && sidecar.seen ? relief(library.failed, sidecar.failed) : 0.5;
      return { scores: [clamp(-2 * wanted * gain), clamp(2 * wanted * gain), clamp(2 * wanted * gain)],
        number: library.seen ? 'library: ' + percent(library.failed) + ' of own requests failed in ' + library.seen + ' faults, application died in ' + library.died + '; sidecar: ' + percent(sidecar.failed) + ', died in ' + sidecar.died : 'not measured in this run',
        tips: 'isolation' };
    } },
    { id: 'colocated', title: 'Same host', judge(s) {
      return { scores: s.colocated === 'yes' ? [0.5, 0.5, -1.5] : [0, 0, 1],
        number: s.colocated === 'yes' ? 'a remote service cannot see the host; a daemon can' : 'nothing ties it to the host', tips: 'colocated' };
    } },
    { id: 'scaling', title: 'Scaling', judge(s) {
      return { scores: s['scales-apart'] === 'yes' ? [-1, -2, 2] : [0, 0, -0.5],
        number: s['scales-apart'] === 'yes' ? 'library and sidecar come one for each instance' : 'one for each instance is right', tips: 'scales-apart' };
    } },
  ];

  function total(f, situation, weights) {
    const sums = OPTIONS.map(() => 0);
    const criteria = JUDGES.map(({ id, title, judge }) => {
      const { scores, number, tips } = judge(situation, f);
      const weight = weights[id] ?? WEIGHTS[id];
      scores.forEach((score, i) => { sums[i] += score * weight; });
      return { id, title, number, weight, tips, scores: scores.map(round) };
    });
    const best = sums.indexOf(Math.max(...sums));
    return { criteria, sums: sums.map(round), winner: OPTIONS[best].id };
  }

  /** The nearest other value of the question that changes the answer, or null. */
  function tip(f, situation, weights, winner, id) {
    const question = QUESTIONS.find((one) => one.id === id);
    const now = situation[id];
    const tries = question.kind === 'choice' ? question.values.map(([value]) => value)
      : question.kind === 'text' ? (total(f, { ...situation, [id]: 'java' }, weights).winner === winner ? ['java, node', 'java, node, python, go'] : ['java'])
      : Array.from({ length: 60 }, (unused, i) => Math.round(Math.max(1, now) * 1.2 ** (i >> 1 ? (i % 2 ? i >> 1 : -(i >> 1)) : 0))).filter((value) => value >= question.min && value <= 1e7);
    for (const value of tries) {
      if (value !== now) {
        const other = total(f, { ...situation, [id]: value }, weights).winner;
        if (other !== winner) {
          return { value, winner: other };
        }
      }
    }
    return null;
  }

  /** The answer with its working. */
  function weigh(report, situation, weights = {}) {
    const f = facts(report);
    const result = total(f, situation, weights);
    for (const criterion of result.criteria) {
      criterion.tip = tip(f, situation, weights, result.winner, criterion.tips);
    }
    const ranked = [...result.sums].sort((a, b) => b - a);
    result.close = ranked[0] - ranked[1] < 2;
    result.options = OPTIONS.map((option, i) => ({ ...option, sum: result.sums[i] }));
    return result;
  }

  return { OPTIONS, QUESTIONS, WEIGHTS, defaults, facts, weigh };
})();
if (typeof module !== 'undefined') {
  module.exports = Choice;
}
