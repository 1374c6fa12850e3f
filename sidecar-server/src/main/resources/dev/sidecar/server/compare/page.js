'use strict';
(() => {
  const report = JSON.parse(document.getElementById('data').textContent);
  const main = document.getElementById('report');
  const WAYS = [
    { id: 'none', title: 'application alone', dash: [2, 3] },
    { id: 'library', title: 'library', dash: [] },
    { id: 'sidecar-unix', title: 'sidecar, Unix socket', dash: [9, 3] },
    { id: 'sidecar-tcp', title: 'sidecar, TCP', dash: [5, 2, 1, 2] },
  ];
  const FAULTS = { crash: 'crashes', leak: 'leaks memory', spin: 'spins a core', block: 'blocks', upgrade: 'is upgraded' };
  const PLACES = { library: 'library', sidecar: 'sidecar in a container of its own', 'sidecar-run': 'sidecar run: one fate' };

  // ---- small words -------------------------------------------------------------------------------------------------
  function element(name, properties, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(properties || {})) {
      if (key in node && key !== 'list') node[key] = value; else node.setAttribute(key, value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }
  const text = (value) => document.createTextNode(String(value));
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  function short(value) {
    if (value === null || value === undefined || Number.isNaN(value)) return '–';
    const size = Math.abs(value);
    return size >= 1000 ? Math.round(value).toLocaleString('en') : size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : size === 0 ? '0' : value.toFixed(2);
  }
  const micros = (us) => us === null || us === undefined ? '–' : us >= 1e6 ? short(us / 1e6) + '\u00a0s' : us >= 1e3 ? short(us / 1e3) + '\u00a0ms' : short(us) + '\u00a0µs';
  const signed = (value) => (value > 0 ? '+' : value < 0 ? '\u2212' : '') + Math.abs(value);
  const rare = (p) => (p.p999Sure ? '' : '~') + micros(p.p999Us);
  const bytes = (count) => count >= 1048576 ? short(count / 1048576) + '\u00a0MB' : count >= 1024 ? short(count / 1024) + '\u00a0KB' : short(count) + '\u00a0B';
  function section(id, title, lead) {
    const node = element('section', { id }, element('h2', { textContent: title }), lead ? element('p', { className: 'soft', textContent: lead }) : null);
    main.append(node);
    return node;
  }
  function table(head, rows, className) {
    return element('div', { className: 'wide' }, element('table', { className: className || '' },
      element('thead', {}, element('tr', {}, ...head.map((cell, i) => element('th', { textContent: cell, className: rows[0] && rows[0][i] instanceof HTMLSpanElement ? 'text' : '' })))),
      element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map((cell, i) => {
        const td = element('td', { 'data-label': head[i], className: cell instanceof HTMLSpanElement ? 'text' : '' });
        td.append(cell instanceof Node ? cell : text(cell));
        return td;
      }))))));
  }
  const SVG = 'http://www.w3.org/2000/svg';
  function svg(name, attributes) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  }
  function key(name, title, dash) {
    const drawing = svg('svg', { viewBox: '0 0 30 10', 'aria-hidden': 'true' });
    drawing.append(svg('line', { x1: 0, x2: 30, y1: 5, y2: 5, style: 'stroke:var(--' + name + ')', 'stroke-width': 3, 'stroke-dasharray': (dash || []).join(' ') }));
    return element('span', { className: 'key' }, drawing, text(title));
  }
  const operation = (id) => (report.operations || []).find((one) => one.id === id);
  const p50 = (id, way) => { const o = operation(id); return o && o.ways[way] ? o.ways[way].paced.p50Us : null; };

  // ---- plots: drawn again when colours or widths change ----------------------------------------------------------------
  const plots = [];
  function plot(holder, options, data, label) {
    const wrap = element('div', { className: 'u-wrap', role: 'img', 'aria-label': label });
    holder.append(wrap);
    plots.push({ wrap, options, data, drawn: null });
  }
  function draw(width) {
    for (const one of plots) {
      if (one.drawn) one.drawn.destroy();
      one.drawn = new uPlot({ width: width || Math.max(240, one.wrap.clientWidth), ...one.options() }, one.data, one.wrap);
    }
  }
  const axis = (more) => ({ stroke: colour('soft'), font: '11px system-ui, sans-serif', labelFont: '11px system-ui, sans-serif',
    grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line'), width: 1, size: 4 }, ...more });

  // ---- head ------------------------------------------------------------------------------------------------------------
  const host = report.host || {};
  main.textContent = '';
  main.append(
    element('h1', { textContent: 'Library or sidecar?' }),
    element('p', { className: 'soft', textContent: 'The same features, measured in both deliveries on this machine: ' + host.cpus + ' × ' + host.cpuModel + ', ' + bytes(host.memoryBytes) + ', ' + host.os + ', ' + host.java + '. ' + new Date(report.createdAt).toUTCString() + '; plan ' + report.plan.name + ', ' + report.plan.roundsDone + ' of ' + report.plan.rounds + ' rounds' + ((report.plan.leftOut || []).length ? ', no time for: ' + report.plan.leftOut.join(', ') : '') + '.' }),
    element('div', { className: 'note' + (report.noise.tooNoisy ? ' warn' : ''), textContent: report.noise.note + ' Other programs used ' + short(report.noise.othersCpuPercent) + ' % of a core meanwhile.' }));
  const nav = element('nav', { ariaLabel: 'Sections' });
  main.append(nav);

  const pss = (way, process) => { const m = ((report.memory[way] || {})[process] || {}).load; return m ? m.pssBytes : 0; };
  const ready = (way, what) => { const one = (report.startUp[way] || {})[what]; return one ? one.median : 0; };
  const tiles = element('div', { className: 'tiles' });
  const tile = (big, small) => tiles.append(element('div', { className: 'tile' }, element('b', { textContent: big }), element('span', { textContent: small })));
  tile(micros(p50('lookup', 'library')) + ' → ' + micros(p50('lookup', 'sidecar-unix')), 'a lookup: library → sidecar over the Unix socket, median');
  tile(micros(p50('log', 'library')) + ' → ' + micros(p50('log', 'sidecar-unix')), 'a log record, fire and forget');
  tile('+' + bytes(Math.max(0, pss('sidecar-unix', 'app') + pss('sidecar-unix', 'sidecar') - pss('library', 'app'))), 'memory for each instance with a sidecar, under load (PSS)');
  tile('+' + short(ready('sidecar-unix', 'sidecarReadyMs')) + ' ms', 'before the application may start, for the sidecar to be ready');
  main.append(tiles);

  // ---- the choice --------------------------------------------------------------------------------------------------------
  (() => {
    const node = section('choice', 'The choice', 'Say what your situation is; the numbers of this report are weighed at once. Nothing leaves this page; its address keeps your answers, to be passed on.');
    // A link with answers behind the # opens the page with them.
    const said = location.hash.includes('=') ? Object.fromEntries(new URLSearchParams(location.hash.slice(1))) : {};
    const situation = Choice.defaults({ situation: { ...report.situation, ...said } });
    function keep() {
      const answers = Object.entries(situation).filter(([id, value]) => value !== Choice.QUESTIONS.find((one) => one.id === id).value);
      try { history.replaceState(null, '', '#' + (answers.length ? new URLSearchParams(answers) : 'choice')); } catch { /* Not from this disk: the answers are in the form all the same. */ }
    }
    const weights = {};
    const result = element('div', { className: 'card', 'aria-live': 'polite' });
    const form = element('form', { className: 'card', onsubmit: () => false });
    for (const question of Choice.QUESTIONS) {
      const field = question.kind === 'choice'
        ? element('select', {}, ...question.values.map(([value, title]) => element('option', { value, textContent: title, selected: value === situation[question.id] })))
        : element('input', { type: question.kind === 'number' ? 'number' : 'text', value: situation[question.id], min: question.min ?? '' });
      field.addEventListener('input', () => {
        const value = question.kind === 'number' ? Number(field.value) : field.value;
        if (question.kind !== 'number' || (field.value !== '' && value >= question.min)) { situation[question.id] = value; keep(); show(); }
      });
      form.append(element('label', {}, text(question.title + (question.hint ? ' (' + question.hint + ')' : '')), field));
    }
    const name = (id) => Choice.OPTIONS.find((option) => option.id === id).title;
    function show() {
      const focus = document.activeElement && document.activeElement.dataset.weight;
      const answer = Choice.weigh(report, situation, weights);
      const most = Math.max(1, ...answer.options.map((option) => Math.abs(option.sum)));
      const bars = answer.options.map((option) => {
        const drawing = svg('svg', { viewBox: '0 0 200 24', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
        const length = 98 * Math.abs(option.sum) / most;
        drawing.append(svg('rect', { x: option.sum < 0 ? 100 - length : 100, y: 4, width: length, height: 16, style: 'fill:var(--' + ({ library: 'library', sidecar: 'sidecar-unix', service: 'service' })[option.id] + ')' }),
          svg('rect', { x: 99.7, y: 0, width: .6, height: 24, style: 'fill:var(--soft)' }));
        return element('div', { className: 'bar-row' }, element('span', { textContent: option.title }), element('div', { className: 'bar' }, drawing, element('span', { className: 'num', textContent: signed(option.sum) })));
      });
      const rows = answer.criteria.map((criterion) => {
        const weight = element('input', { className: 'weight', type: 'number', min: 0, max: 9, step: 1, value: criterion.weight, ariaLabel: 'weight of ' + criterion.title });
        weight.dataset.weight = criterion.id;
        weight.addEventListener('input', () => { if (weight.value !== '' && weight.value >= 0) { weights[criterion.id] = Number(weight.value); show(); } });
        const question = Choice.QUESTIONS.find((one) => one.id === criterion.tips);
        const value = (v) => question.kind === 'choice' ? '“' + question.values.find(([id]) => id === v)[1] + '”' : v;
        const tip = criterion.tip ? question.title.toLowerCase() + ' ' + value(criterion.tip.value) + ' → ' + name(criterion.tip.winner) : 'nothing here alone';
        return [criterion.title, element('span', { className: 'text', textContent: criterion.number }), element('span', { className: 'scores', textContent: criterion.scores.map(signed).join(' / ') }), weight, tip];
      });
      const working = table(['Criterion', 'Number behind it', 'Library / sidecar / neither', 'Weight', 'What would tip it'], rows, 'working');
      working.querySelectorAll('td:nth-child(2), td:nth-child(5), th:nth-child(2), th:nth-child(5)').forEach((cell) => cell.classList.add('text'));
      result.replaceChildren(
        element('p', { className: 'verdict', textContent: answer.close ? 'A close call: ' + name(answer.winner) + ', by a hair.' : 'Take ' + name(answer.winner) + '.' }),
        element('p', { className: 'soft small', textContent: 'Each criterion gives each answer −2 to +2; the sum of score × weight decides. Scores follow the measured numbers where there is one; weights are an opinion, and yours to change.' }),
        ...bars, working);
      if (focus) { const again = result.querySelector('[data-weight="' + focus + '"]'); if (again) again.focus(); }
    }
    node.append(element('div', { className: 'choice' }, form, result));
    show();
  })();

  // ---- latency -------------------------------------------------------------------------------------------------------------
  (() => {
    const node = section('latency', 'Time of one call', 'Each call at a stated rate; its time runs from when it was due, so that a stall counts for every call it held up. Further right: the rarer, slower calls. Both axes are logarithmic.');
    node.append(element('div', { className: 'legend' }, ...WAYS.map((way) => key(way.id, way.title, way.dash))));
    const grid = element('div', { className: 'grid' });
    node.append(grid);
    const place = (percentile) => -Math.log10(1 - percentile / 100);
    /** Powers of ten, as many as fit; in between two and five, where there are few. */
    function decades(min, max) {
      const from = Math.floor(Math.log10(min)); const to = Math.ceil(Math.log10(max));
      const steps = to - from > 2 ? [1] : [1, 2, 5];
      return Array.from({ length: to - from + 1 }, (unused, i) => from + i).flatMap((power) => steps.map((step) => step * 10 ** power)).filter((v) => v >= min * .999 && v <= max * 1.001);
    }
    for (const one of (report.operations || []).filter((o) => !o.id.startsWith('wire-'))) {
      const ways = WAYS.filter((way) => one.ways[way.id]);
      const xs = [...new Set(ways.flatMap((way) => one.ways[way.id].paced.curve.map(([p]) => place(p))))].sort((a, b) => a - b);
      const data = [xs, ...ways.map((way) => { const values = new Map(one.ways[way.id].paced.curve.map(([p, us]) => [place(p), Math.max(us, .01)])); return xs.map((x) => values.get(x) ?? null); })];
      const card = element('div', { className: 'card' }, element('h3', { textContent: one.title }), element('p', { className: 'soft small', textContent: short(one.ratePerSecond) + ' a second' }));
      grid.append(card);
      plot(card, () => ({ height: 210, cursor: { show: false }, legend: { show: false },
        scales: { x: { time: false, range: [0, Math.max(2, xs[xs.length - 1])] }, y: { distr: 3, log: 10 } },
        axes: [axis({ size: 30, splits: () => [0, .30103, 1, 2, 3, 4].filter((x) => x <= xs[xs.length - 1] + .01), values: (u, splits) => splits.map((x) => ({ 0: '0', 1: '90', 2: '99', 3: '99.9', 4: '99.99' })[x] ?? '50') }),
          axis({ size: 56, splits: (u, i, min, max) => decades(min, max), filter: (u, splits) => splits, values: (u, splits) => splits.map((v) => micros(v).replace('.00', '').replace('.0', '')) })],
        series: [{}, ...ways.map((way) => ({ stroke: colour(way.id), width: 2, dash: way.dash, spanGaps: true, points: { show: false } }))] }), data,
        one.title + ': latency by percentile; the table below has the numbers');
    }
    const rows = (report.operations || []).flatMap((one) => WAYS.filter((way) => one.ways[way.id]).map((way, i) => {
      const p = one.ways[way.id].paced;
      return [i === 0 ? one.title : '', element('span', {}, key(way.id, way.title, way.dash)), micros(p.p50Us), '±' + short(p.p50SpreadPercent) + ' %', micros(p.p90Us), micros(p.p99Us), rare(p), micros(one.ways[way.id].backToBack.p50Us), short(one.ways[way.id].backToBack.perSecond)];
    }));
    node.append(element('details', {}, element('summary', { textContent: 'The numbers' }), table(['Feature', 'Way', 'Median', 'Spread', '90 %', '99 %', '99.9 %', 'Median, back to back', 'A second, one thread'], rows),
      element('p', { className: 'soft small', textContent: 'Spread: how far the rounds’ medians lie apart. 99.9 % with ~: of fewer than 2000 calls, so it is little more than the slowest. “Plain socket” asks the sidecar the same without the client library: what other languages can expect.' })));
  })();

  // ---- cost ------------------------------------------------------------------------------------------------------------------
  (() => {
    const node = section('cost', 'Processor and garbage', 'Processor time of one call, back to back, in the application and in the sidecar, and what the application allocates for it.');
    const ops = (report.operations || []).filter((o) => !o.id.startsWith('wire-'));
    const rows = ops.flatMap((one) => WAYS.filter((way) => one.ways[way.id]).map((way, i) => {
      const c = one.ways[way.id];
      return [i === 0 ? one.title : '', element('span', {}, key(way.id, way.title, way.dash)), micros(c.appCpuUs), way.id.startsWith('sidecar') ? micros(c.sidecarCpuUs) : '–', micros(c.appCpuUs + c.sidecarCpuUs), bytes(c.allocatedBytes), c.errors || ''];
    }));
    node.append(table(['Feature', 'Way', 'Application', 'Sidecar', 'Both', 'Allocated in the application', 'Errors'], rows));
  })();

  // ---- bars --------------------------------------------------------------------------------------------------------------------
  function bars(node, rows, unit, most) {
    for (const row of rows) {
      const drawing = svg('svg', { viewBox: '0 0 1000 24', preserveAspectRatio: 'none', role: 'img', 'aria-label': row.title + ': ' + row.parts.map((part) => part.title + ' ' + unit(part.value)).join(', ') });
      let at = 0;
      for (const part of row.parts) {
        const width = 1000 * part.value / most;
        drawing.append(svg('rect', { x: at, y: 2, width: Math.max(0, width - 2), height: 20, style: 'fill:var(--' + part.colour + ');fill-opacity:' + (part.faint ? .45 : 1) }));
        at += width;
      }
      node.append(element('div', { className: 'bar-row' }, element('span', { textContent: row.title }), element('div', { className: 'bar' }, drawing, element('span', { className: 'num', textContent: unit(row.parts.reduce((sum, part) => sum + part.value, 0)) }))));
    }
  }
  (() => {
    const node = section('memory', 'Memory', 'Of the application and its sidecar: private pages full, shared pages (their fair part, PSS) faint.');
    node.append(element('div', { className: 'legend' }, key('none', 'application', []), key('sidecar-unix', 'its sidecar', [])));
    const grid = element('div', { className: 'grid' });
    node.append(grid);
    const of = (way, when) => ['app', 'sidecar'].flatMap((process) => {
      const m = ((report.memory[way] || {})[process] || {})[when];
      const paint = process === 'app' ? 'none' : 'sidecar-unix';
      return m ? [{ title: process + ' private', value: m.privateBytes, colour: paint }, { title: process + ' shared', value: Math.max(0, m.pssBytes - m.privateBytes), colour: paint, faint: true }] : [];
    });
    const most = Math.max(1, ...WAYS.flatMap((way) => ['idle', 'load'].map((when) => of(way.id, when).reduce((sum, part) => sum + part.value, 0))));
    for (const [when, title] of [['idle', 'Idle'], ['load', 'Under load']]) {
      const card = element('div', { className: 'card' }, element('h3', { textContent: title }));
      grid.append(card);
      bars(card, WAYS.map((way) => ({ title: way.title, parts: of(way.id, when) })), bytes, most);
    }
    const rows = WAYS.flatMap((way) => ['app', 'sidecar'].flatMap((process) => ['idle', 'load'].flatMap((when) => {
      const m = ((report.memory[way.id] || {})[process] || {})[when];
      return m ? [[way.title, process === 'app' ? 'application' : 'sidecar', when, bytes(m.rssBytes), bytes(m.pssBytes), bytes(m.privateBytes), bytes(m.sharedBytes)]] : [];
    })));
    node.append(element('details', {}, element('summary', { textContent: 'The numbers' }), table(['Way', 'Process', 'When', 'RSS', 'PSS', 'Private', 'Shared'], rows)));
  })();
  (() => {
    const node = section('start', 'Start', 'From the start of the process to ready. The application waits for its sidecar, so both count.');
    node.append(element('div', { className: 'legend' }, key('none', 'application', []), key('sidecar-unix', 'its sidecar, before it', [])));
    const card = element('div', { className: 'card' });
    node.append(card);
    const rows = WAYS.filter((way) => report.startUp[way.id]).map((way) => ({ title: way.title, parts: [
      { title: 'sidecar', value: ready(way.id, 'sidecarReadyMs'), colour: 'sidecar-unix' }, { title: 'application', value: ready(way.id, 'appReadyMs'), colour: 'none' }] }));
    bars(card, rows, (value) => short(value) + ' ms', Math.max(1, ...rows.map((row) => row.parts[0].value + row.parts[1].value)));
  })();

  // ---- blast radius ----------------------------------------------------------------------------------------------------------------
  function experiments(node, runs) {
    node.append(element('div', { className: 'legend' }, key('library', 'own requests answered', []), key('bad', 'own requests failed', []), key('sidecar-tcp', 'requests with the feature answered', [5, 3])));
    const grid = element('div', { className: 'grid' });
    node.append(grid);
    for (const run of runs) {
      const card = element('div', { className: 'card' }, element('h3', { textContent: 'It ' + FAULTS[run.fault] + ' · ' + (PLACES[run.way] || run.way) }),
        element('p', { className: 'small' }, element('span', { className: 'badge ' + (run.appDied ? 'bad' : 'good'), textContent: run.appDied ? 'application died' : 'application lived' }),
          element('span', { className: 'badge ' + (run.own.failed ? 'bad' : 'good'), textContent: run.own.failed + ' of ' + run.own.sent + ' own requests failed' }), text(' ' + run.verdict)));
      grid.append(card);
      const xs = run.timeline.own.ok.map((unused, i) => i * run.timeline.binMs / 1000);
      plot(card, () => ({ height: 170, cursor: { show: false }, legend: { show: false },
        scales: { x: { time: false }, y: { range: (u, min, max) => [0, Math.max(5, max * 1.1)] } },
        axes: [axis({ size: 30, values: (u, splits) => splits.map((v) => v + ' s') }), axis({ size: 36 })],
        hooks: { draw: [(u) => {
          const c = u.ctx; const x = u.valToPos(run.faultAtMs / 1000, 'x', true);
          c.save(); c.strokeStyle = colour('ink'); c.setLineDash([3, 3]); c.lineWidth = 1; c.beginPath(); c.moveTo(x, u.bbox.top); c.lineTo(x, u.bbox.top + u.bbox.height); c.stroke(); c.restore();
        }] },
        series: [{}, { stroke: colour('library'), width: 2, points: { show: false } }, { stroke: colour('bad'), width: 2, fill: colour('bad') + '33', points: { show: false } }, { stroke: colour('sidecar-tcp'), width: 2, dash: [5, 3], points: { show: false } }] }),
        [xs, run.timeline.own.ok, run.timeline.own.failed, run.timeline.feature.ok], run.verdict);
    }
  }
  if ((report.blastRadius || []).length) {
    experiments(section('blast', 'Blast radius', 'A feature goes wrong, for real, while the application serves requests of two kinds: its own, and some that use the feature. Whoever dies is started again at once. Requests in each quarter of a second; the dashed line is the fault.'), report.blastRadius);
  }
  if ((report.upgrade || []).length) {
    experiments(section('upgrade', 'Upgrade', 'The feature is replaced by its next version under the same load.'), report.upgrade);
  }

  // ---- others -------------------------------------------------------------------------------------------------------------------------
  if ((report.clients || []).length) {
    const node = section('clients', 'Other languages', 'The same questions from programs that are not Java, at the same rates, with the HTTP client of their standard library. There is no library for them: the sidecar only.');
    const measured = report.clients.filter((client) => !client.error);
    const asked = [...new Set(measured.flatMap((client) => client.results.map((r) => r.operation)))];
    const unix = (client, id) => { const r = client.results.find((one) => one.operation === id && one.way === 'sidecar-unix'); return r ? micros(r.paced.p50Us) : '–'; };
    node.append(table(['Median over the Unix socket', 'Java, client library', ...measured.map((client) => client.language)],
      asked.map((id) => [(operation(id) || {}).title || id, micros(p50(id, 'sidecar-unix')), ...measured.map((client) => unix(client, id))])));
    for (const client of report.clients) {
      if (client.error) {
        node.append(element('p', { className: 'note warn', textContent: client.language + ' could not be measured: ' + client.error }));
        continue;
      }
      node.append(element('details', {}, element('summary', { textContent: client.language + ' ' + client.version + ': the numbers' }), table(
        ['Feature', 'Way', 'Median', '90 %', '99 %', '99.9 %', 'A second, back to back', 'Processor, client', 'Processor, sidecar', 'Errors'],
        client.results.map((r, i) => {
          const way = WAYS.find((one) => one.id === r.way);
          return [i > 0 && client.results[i - 1].operation === r.operation ? '' : (operation(r.operation) || {}).title || r.operation, element('span', {}, key(way.id, way.title, way.dash)),
            micros(r.paced.p50Us), micros(r.paced.p90Us), micros(r.paced.p99Us), rare(r.paced), short(r.backToBack.perSecond), micros(r.appCpuUs), micros(r.sidecarCpuUs), r.errors || ''];
        }))));
    }
  }
  if (report.app) {
    const node = section('app', 'Your application', report.app.command + ', started once per delivery and driven over HTTP by your requests at ' + short(report.app.ratePerSecond) + ' a second.');
    const ways = Object.entries(report.app.ways);
    const name = (way) => { const one = WAYS.find((known) => known.id === (way === 'sidecar' ? 'sidecar-unix' : way)); return element('span', {}, key(one.id, way, one.dash)); };
    node.append(element('h3', { textContent: 'Requests' }), table(['Request', 'Way', 'Median', 'Spread', '90 %', '99 %', '99.9 %', 'Failed'],
      ways[0][1].requests.flatMap((first, n) => ways.map(([way, v], i) => { const r = v.requests[n]; return [i === 0 ? r.request : '', name(way), micros(r.p50Us), '±' + short(r.p50SpreadPercent) + ' %', micros(r.p90Us), micros(r.p99Us), rare(r), r.failed || '']; }))));
    const load = (m) => m && m.load ? bytes(m.load.pssBytes) : '–';
    node.append(element('h3', { textContent: 'What it takes' }), table(['Way', 'Ready', 'Processor of a request, application', 'Processor, sidecar', 'Memory under load, application', 'Memory, sidecar'],
      ways.map(([way, v]) => [name(way), short(v.readyMs.median) + ' ms', micros(v.appCpuUs), way === 'library' ? '–' : micros(v.sidecarCpuUs), load(v.memory.app), load(v.memory.sidecar)])));
  }
  if (report.baseline) {
    const node = section('baseline', 'Since ' + new Date(report.baseline.createdAt).toUTCString(), 'Medians against the earlier report. In colour: sure, among so many numbers, at 95 %.');
    node.append(table(['What', 'Before', 'Now', 'Change', 'Sure'], report.baseline.changes.map((c) => [c.what, micros(c.before), micros(c.after),
      element('span', { className: !c.sure ? 'soft' : c.percent > 0 ? 'bad' : 'good', textContent: (c.percent > 0 ? '+' : '') + short(c.percent) + ' %' }), short(100 * c.confidence) + ' %'])));
  }
  (() => {
    const node = section('how', 'How it was measured');
    const p = report.plan;
    node.append(element('p', { textContent: 'Four applications from the same classes, started the same way, are alive at once and take turns inside each feature of each round, beginning with another one each round. ' + p.warmupMs + ' ms of each operation warm up; then ' + p.rounds + ' rounds of ' + p.pacedMs + ' ms at the rate and ' + p.backToBackMs + ' ms back to back. Medians are medians of rounds. Processor time and memory come from /proc.' }),
      element('p', { className: 'soft small' }, text('Application: '), element('code', { textContent: report.jvmOptions.app }), text(' · sidecar: '), element('code', { textContent: report.jvmOptions.sidecar })),
      element('p', { className: 'soft small', textContent: 'The numbers are in compare.json beside this page. Plots: uPlot (MIT).' }));
  })();
  for (const one of main.querySelectorAll('section')) {
    nav.append(element('a', { href: '#' + one.id, textContent: one.querySelector('h2').textContent }));
  }

  draw();
  let width = innerWidth;
  addEventListener('resize', () => { if (innerWidth !== width) { width = innerWidth; draw(); } });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => draw());
  // On paper nothing can be opened.
  addEventListener('beforeprint', () => { for (const one of main.querySelectorAll('details')) one.open = true; draw(320); });
  addEventListener('afterprint', () => draw());
  document.documentElement.dataset.drawn = 'true';
})();
