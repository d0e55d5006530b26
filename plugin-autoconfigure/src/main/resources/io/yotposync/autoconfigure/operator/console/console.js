'use strict';
(() => {
  if (window.top !== window.self) {
    document.body.replaceChildren('This page does not work inside of another one.');
    return;
  }

  // The endpoint stands beside this page, wherever the host has put the two.
  const { path: own, endpoint } = document.body.dataset;
  const here = location.pathname.replace(/\/+$/, '');
  const api = (here.endsWith('/' + own) ? here.slice(0, -own.length) : here.replace(/[^/]*$/, '')) + endpoint;
  const byId = (id) => document.getElementById(id);
  const LOOK_MS = 3000;

  /** An element; text is never read as HTML. */
  function el(name, properties, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(properties ?? {})) {
      if (key.startsWith('on')) {
        node.addEventListener(key.slice(2), value);
      } else if (key in node && !key.startsWith('aria')) {
        node[key] = value;
      } else {
        node.setAttribute(key, value);
      }
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }

  /** A host that gives its token in a cookie gets it back. */
  function csrf() {
    const found = document.cookie.split('; ').find((each) => each.startsWith('XSRF-TOKEN='));
    return found ? { 'X-XSRF-TOKEN': decodeURIComponent(found.slice('XSRF-TOKEN='.length)) } : {};
  }

  async function call(path, body) {
    const headers = { Accept: 'application/json', 'X-Requested-With': 'yotposyncconsole' };
    const request = { credentials: 'same-origin', cache: 'no-store', headers };
    if (body) {
      Object.assign(request, { method: 'POST', body: JSON.stringify(body) });
      Object.assign(headers, { 'Content-Type': 'application/json' }, csrf());
    }
    const response = await fetch(api + path, request).catch(() => {
      throw new Error('the host does not answer, or wants you to log in elsewhere: load this page again');
    });
    const text = await response.text();
    let answer = null;
    try {
      answer = JSON.parse(text);
    } catch {
      answer = null;
    }
    if (!response.ok || answer === null) {
      const logIn = 'please log in again';
      const refused = 'you are logged out, may not do this, or are stopped by the host\u2019s CSRF filter: see docs/operations.md';
      const why = { 200: logIn, 401: body ? refused : logIn, 403: body ? refused : 'you may not do this', 404: 'the endpoint yotposync is not exposed' };
      throw new Error(answer?.message || why[response.status] || `the host answered ${response.status}`);
    }
    return answer;
  }

  const asked = {};

  /** The answer to a question; null once the same was asked anew, whose answer may have come before. */
  async function latest(what, question) {
    const mine = (asked[what] ?? 0) + 1;
    asked[what] = mine;
    try {
      const answer = await question;
      return asked[what] === mine ? answer : null;
    } catch (error) {
      if (asked[what] === mine) {
        throw error;
      }
      return null;
    }
  }

  function problem(error) {
    const text = error ? `Not up to date: ${error.message}` : '';
    if (byId('problem').textContent !== text) { // or it would be read out again and again
      byId('problem').textContent = text;
      byId('problem').hidden = !error;
    }
  }

  /** What the operator wished and did not get; stays until the next wish. */
  function failed(text) {
    byId('said').textContent = '';
    byId('failed').textContent = text ?? '';
    byId('failed').hidden = !text;
  }

  // --- saying and doing -------------------------------------------------------------------------------------------

  function ask(title, text) {
    const dialog = byId('confirm');
    const behind = document.activeElement?.id;
    byId('confirm-title').textContent = title;
    byId('confirm-text').textContent = text;
    byId('reason').value = '';
    dialog.returnValue = 'no';
    dialog.showModal();
    return new Promise((done) => {
      dialog.addEventListener('close', () => {
        byId(behind)?.focus({ preventScroll: true }); // it may have been made anew meanwhile
        done(dialog.returnValue === 'yes' ? { reason: byId('reason').value } : null);
      }, { once: true });
    });
  }

  async function act(title, text, action, body) {
    const said = await ask(title, text);
    if (!said) {
      return;
    }
    failed(null);
    try {
      const done = await call(`/${action}`, { ...body, reason: said.reason });
      const more = Object.entries(done.details ?? {}).filter(([key]) => !['customers', 'backfill', 'scan'].includes(key))
        .map(([key, value]) => `${key} ${typeof value === 'object' ? JSON.stringify(value) : value}`).join(', ');
      byId('said').textContent = done.message + (more ? ` (${more})` : '');
    } catch (error) {
      failed(`${action} failed: ${error.message}`);
      return;
    }
    await look(true);
    if (shown) {
      await explain(shown).catch((error) => failed(`No explanation: ${error.message}`));
    }
  }

  const button = (id, text, onclick, main) => el('button', { id, type: 'button', className: main ? 'main' : '', onclick }, text);

  // --- stores -----------------------------------------------------------------------------------------------------

  const number = (value) => new Intl.NumberFormat('en').format(value);
  const short = new Intl.NumberFormat('en', { notation: 'compact' });
  /** With its zone: what the sentences say is UTC. */
  const time = (text) => (text ? new Date(text).toLocaleString(undefined, { timeZoneName: 'short' }) : '');

  function age(seconds) {
    const steps = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
    const [size, unit] = steps.find(([each]) => seconds >= each) ?? [1, 's'];
    return `${Math.floor(seconds / size)} ${unit}`;
  }

  function badge(store) {
    if (!store.enabled) {
      return el('span', { className: 'badge none' }, 'off');
    }
    if (store.held) {
      return el('span', { className: 'badge bad' }, 'held');
    }
    if (store.paused) {
      return el('span', { className: 'badge wait' }, 'paused');
    }
    if (store.lane?.breaker === 'OPEN') {
      return el('span', { className: 'badge wait' }, 'Yotpo does not answer');
    }
    if (store.waitUntil) {
      return el('span', { className: 'badge wait' }, `waits until ${time(store.waitUntil)}, as Yotpo asked`);
    }
    return el('span', { className: 'badge good' }, 'sending');
  }

  function lines(store) {
    const lane = store.lane;
    return [
      `Takes site ${store.site === '*' ? 'any' : store.site}; ${store.enabled ? 'on' : 'off'} by ${store.enabledBy}`,
      store.paused ? `Paused: ${store.pauseReason}` : null,
      store.held ? `Held: ${store.held}. Tried again ${time(store.heldUntil)}` : null,
      lane ? `Rate ${lane.rate ? lane.rate.toFixed(1) : 'not limited'} of ${lane.permittedRate || '∞'} a second, ${lane.inFlight} in flight, breaker ${lane.breaker.toLowerCase().replace('_', ' ')}` : null,
      refusedFor(store.customers),
      store.catchUpNeeded ? 'Saves were missed: the catch-up looks for them' : null,
    ].filter(Boolean).map((line) => el('li', {}, line));
  }

  /** How far a scan of all customers is. */
  function progress(store, job) {
    const pass = store[job];
    if (!pass) {
      return null;
    }
    const share = pass.total > 0 ? Math.min(100, Math.round((100 * pass.done) / pass.total)) : null;
    const left = pass.secondsLeft ? `, about ${age(pass.secondsLeft)} left` : '';
    const text = `${job === 'sweep' ? 'Sweep' : 'Backfill'} ${pass.state.toLowerCase()}: ${number(pass.done)}${pass.total >= 0 ? ` of ${number(pass.total)}` : ''}, ${became(pass.counts, 'to be')}${left}`;
    const bar = el('progress', { max: 100, 'aria-label': `${job} of store ${store.store}` });
    if (share !== null || pass.state !== 'RUNNING') {
      bar.value = share ?? (pass.state === 'DONE' ? 100 : 0);
    }
    return el('div', { id: `${job}-${store.store}` }, el('p', { className: 'muted' }, text), bar);
  }

  /** What becomes of those that a scan has looked at. */
  function became(counts, be) {
    const at = (name) => counts[name] ?? 0;
    const skipped = Object.entries(counts).reduce((all, [name, value]) => all + (name.startsWith('SKIPPED') ? value : 0), 0);
    return [[at('ENQUEUED'), `${be} sent`], [at('UNCHANGED'), 'unchanged'], [at('CONSENT_HELD_BACK'), 'with their consent held back'], [skipped, 'skipped'], [at('OTHER_STORE'), 'of another store'], [at('DISABLED'), `${be} disabled`]]
      .filter(([value], i) => value || i < 2).map(([value, name]) => `${number(value)} ${name}`).join(', ');
  }

  /** What a backfill would do, as soon as it is counted. */
  function dryRun(store) {
    const run = store.dryRun;
    if (!run) {
      return null;
    }
    return el('div', { id: `dryrun-${store.store}` },
      el('p', { className: 'muted' }, `Dry run ${run.state.toLowerCase()}, ${number(run.counts.SCANNED ?? 0)} looked at: ${became(run.counts, 'would be')}`),
      run.question ? el('p', { className: 'wait' }, `The tripwire would stop it. ${run.question}`) : null);
  }

  /** A scan that stopped because it would change too much. */
  function questions(store) {
    return (store.questions ?? []).map((one) => el('div', { className: 'ask', id: `ask-${store.store}-${one.job}` },
      el('p', {}, el('strong', {}, `The ${one.job} stopped and asks. `), one.question),
      button(`start-over-${store.store}-${one.job}`, 'Corrected: begin anew', () => act(`Begin the ${one.job} of ${store.store} anew?`, 'It asks again if it still would change so much.', 'start-over', { store: store.store, job: one.job })),
      button(`proceed-${store.store}-${one.job}`, 'Let it go on', () => act(`Let the ${one.job} of ${store.store} go on?`, one.question, 'proceed', { store: store.store, job: one.job }), true)));
  }

  function refusedFor(customers) {
    const classes = Object.entries(customers.parkedFor ?? {});
    const looked = classes.reduce((all, [, count]) => all + count, 0);
    const of = looked < customers.parked ? `, of the first ${number(looked)}` : '';
    return classes.length ? `Refused: ${classes.map(([kind, count]) => `${number(count)} ${kind.toLowerCase()}`).join(', ')}${of}` : null;
  }

  function fact(name, value, mark) {
    return el('div', {}, el('dt', {}, name), el('dd', { className: mark ?? '' }, value));
  }

  function storeCard(store) {
    const key = store.store;
    const { pending, parked, inSync, oldestPendingSeconds } = store.customers;
    const toggle = el('button', {
      id: `toggle-${key}`,
      type: 'button',
      role: 'switch',
      'aria-checked': String(store.enabled),
      'aria-label': `Store ${key} takes customers`,
      onclick: () => (store.enabled
        ? act(`Switch ${key} off?`, 'Its customers are counted and dropped until it is on again; the catch-up finds them.', 'disable', { store: key })
        : act(`Switch ${key} on?`, 'It takes customers from now on; the catch-up finds those it missed.', 'enable', { store: key })),
    }, store.enabled ? 'On' : 'Off');
    const running = ['RUNNING', 'ASKING'].includes(store.backfill?.state);
    return el('article', { className: 'card', id: `store-${key}`, 'aria-labelledby': `name-${key}` },
      el('div', { className: 'row apart' }, el('div', { className: 'row' }, el('h3', { id: `name-${key}` }, key), badge(store)), toggle),
      el('dl', { className: 'facts' },
        fact('pending', number(pending), pending ? 'wait' : ''),
        fact('oldest', pending ? age(oldestPendingSeconds) : '–'),
        fact('refused', number(parked), parked ? 'bad' : ''),
        fact('in sync', number(inSync)),
        fact('delivered', number(store.sinceStart.DELIVERED ?? 0)),
        fact('unchanged', number(store.sinceStart.SUPPRESSED ?? 0))),
      el('ul', { className: 'lines' }, ...lines(store)),
      ...questions(store),
      progress(store, 'backfill'),
      store.sweep?.state === 'DONE' ? null : progress(store, 'sweep'),
      dryRun(store),
      el('div', { className: 'row' },
        store.paused
          ? button(`pause-${key}`, 'Resume', () => act(`Resume ${key}?`, 'What waits is sent, within Yotpo’s rate.', 'resume', { store: key }), true)
          : button(`pause-${key}`, 'Pause', () => act(`Pause ${key}?`, 'Customers are accepted and wait.', 'pause', { store: key })),
        running
          ? button(`fill-${key}`, 'Stop backfill', () => act(`Stop the backfill of ${key}?`, 'What it handed over stays.', 'stop-backfill', { store: key }))
          : button(`fill-${key}`, 'Backfill', () => act(`Backfill ${key}?`, 'All customers are looked at; those that Yotpo lacks are sent, behind live ones.', 'start-backfill', { store: key })),
        button(`dry-${key}`, 'Dry run', () => act(`Dry run for ${key}?`, 'Counts what a backfill would send, and sends nothing.', 'dry-run', { store: key }))));
  }

  // --- plots ------------------------------------------------------------------------------------------------------

  const plots = {};
  const backlogs = { times: [], pending: {}, parked: {} };
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const LINES = {
    saves: [['ACCEPTED', 'accepted', '--c1'], ['SUPPRESSED', 'unchanged', '--c2'], ['SKIPPED', 'skipped', '--c3'], ['DROPPED', 'dropped', '--c4']],
    outcomes: [['DELIVERED', 'delivered', '--c5'], ['RETRIED', 'retried', '--c2'], ['PARKED', 'refused', '--c4']],
    backlog: [['pending', 'pending', '--c1'], ['parked', 'refused', '--c4']],
  };

  function draw(id, data) {
    const box = byId(`plot-${id}`);
    const width = Math.max(200, box.clientWidth);
    if (plots[id]) {
      plots[id].setSize({ width, height: 170 });
      plots[id].setData(data);
      return;
    }
    const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') } };
    plots[id] = new uPlot({
      width,
      height: 170,
      cursor: { drag: { x: false, y: false } },
      legend: { live: false },
      scales: { x: { range: ({ data: [times] }) => [Math.min(times[0], times.at(-1) - 60), times.at(-1)] }, y: { range: (u, low, high) => [0, Math.max(4, high * 1.1)] } },
      axes: [{ ...axis, space: 60 }, { ...axis, size: 44, values: (u, all) => all.map((each) => short.format(each)) }],
      series: [{ label: 'time' }, ...LINES[id].map(([, label, name], i) => ({ label, stroke: colour(name), width: 2, dash: i % 2 ? [6, 3] : undefined, points: { show: false } }))],
    }, data, box);
  }

  function redraw() {
    for (const [id, plot] of Object.entries(plots)) {
      plot.destroy();
      delete plots[id];
    }
  }

  function choose(stores) {
    const select = byId('plot-store');
    const names = stores.map((store) => store.store);
    if ([...select.options].slice(1).map((option) => option.value).join() !== names.join()) {
      const before = select.value;
      select.replaceChildren(el('option', { value: '' }, 'all'), ...names.map((name) => el('option', { value: name }, name)));
      select.value = names.includes(before) ? before : '';
    }
    return select.value;
  }

  function sum(series, what, length) {
    const all = new Array(length).fill(0);
    series.forEach((one) => one.counts[what].forEach((value, i) => { all[i] += value; }));
    return all;
  }

  function drawActivity(activity, stores) {
    const chosen = choose(stores);
    const series = activity.filter((one) => !chosen || one.store === chosen);
    const step = activity[0]?.stepSeconds ?? 10;
    const length = activity[0]?.counts.ACCEPTED.length ?? 360;
    const from = activity[0] ? Date.parse(activity[0].from) / 1000 : Math.floor(Date.now() / 1000) - step * length;
    const times = Array.from({ length }, (_, i) => from + i * step);
    for (const id of ['saves', 'outcomes']) {
      const data = LINES[id].map(([what]) => sum(series, what, length));
      draw(id, [times, ...data]);
      const totals = LINES[id].map(([, label], i) => `${number(data[i].reduce((a, b) => a + b, 0))} ${label}`).join(', ');
      byId(`${id}-text`).textContent = `${id === 'saves' ? 'Saves' : 'Outcomes'}: ${totals}`;
    }
    drawBacklog(chosen, stores);
  }

  function drawBacklog(chosen, stores) {
    const seen = stores.filter((store) => !chosen || store.store === chosen);
    draw('backlog', [
      backlogs.times,
      ...['pending', 'parked'].map((what) => backlogs.times.map((_, i) => seen.reduce((all, store) => all + (backlogs[what][store.store]?.[i] ?? 0), 0))),
    ]);
    const now = (what) => number(seen.reduce((all, store) => all + store.customers[what], 0));
    byId('backlog-text').textContent = `Backlog since this page was opened: ${now('pending')} pending, ${now('parked')} refused`;
  }

  function remember(stores) {
    backlogs.times.push(Date.now() / 1000);
    for (const store of stores) {
      for (const what of ['pending', 'parked']) {
        (backlogs[what][store.store] ??= [])[backlogs.times.length - 1] = store.customers[what];
      }
    }
    if (backlogs.times.length > 1200) {
      backlogs.times.shift();
      for (const what of ['pending', 'parked']) {
        Object.values(backlogs[what]).forEach((line) => line.shift());
      }
    }
  }

  // --- one customer -----------------------------------------------------------------------------------------------

  let shown = null;
  const VERDICTS = {
    IN_YOTPO: ['in Yotpo', 'good'], ON_ITS_WAY: ['on its way', 'good'], WAITING: ['waiting', 'wait'],
    REFUSED: ['refused', 'bad'], NOT_SENT: ['not sent', 'bad'], UNKNOWN: ['not heard of', 'none'],
  };
  const FEW_STORES = 3;
  const MARKS = { PASSED: ['✓', 'good', 'passed'], STOPPED: ['✕', 'bad', 'stopped here'], UNKNOWN: ['?', 'none', 'not known'] };

  function stepLine(step) {
    const [sign, mark, word] = MARKS[step.mark];
    return el('li', {}, el('span', { className: mark, role: 'img', 'aria-label': word }, sign), el('span', { className: 'muted' }, step.name), el('span', {}, step.finding));
  }

  function explanationCard(one) {
    const [word, mark] = VERDICTS[one.verdict];
    const where = { store: one.store, customer: one.customer };
    const next = one.nextTry ? `Next try: ${time(one.nextTry)}` : null;
    return el('article', { className: 'card', id: `explanation-${one.store}`, 'data-customer': one.customer },
      el('div', { className: 'row' }, el('h3', {}, `${one.customer} in ${one.store}`), el('span', { className: `badge ${mark}` }, word)),
      el('p', { className: 'because' }, one.because),
      next ? el('p', { className: 'muted' }, next) : null,
      el('ol', { className: 'steps' }, ...one.steps.map(stepLine)),
      el('div', { className: 'row actions' },
        button(`resend-${one.store}`, 'Send once more', () => act(`Send ${one.customer} once more?`, `To store ${one.store}.`, 'resend', where)),
        button(`preview-${one.store}`, 'Preview', () => preview(where)),
        button(`read-${one.store}`, 'Ask Yotpo', () => act(`Ask Yotpo for ${one.customer}?`, 'Compares what Yotpo shows with what it acknowledged.', 'read-back', where)),
        button(`erase-${one.store}`, 'Erase', () => act(`Erase ${one.customer} in all stores?`, 'Erase the customer in the shop first: while the shop has it, the next save or scan sends it again. This cannot be undone.', 'erase', { customer: one.customer }))),
      el('div', { id: `payload-${one.store}`, 'aria-live': 'polite' }));
  }

  /** Those of whom the customer is first; many others are folded away. */
  function explanationCards(all) {
    const isOther = (one) => one.steps.some((step) => step.name === 'store' && step.mark === 'STOPPED');
    const own = all.filter((one) => !isOther(one)).map(explanationCard);
    const others = all.filter(isOther).map(explanationCard);
    return !own.length || others.length <= FEW_STORES
      ? [...own, ...others]
      : [...own, el('details', { id: 'others' }, el('summary', {}, `${others.length} stores that it is no customer of`), ...others)];
  }

  // --- what would be sent -----------------------------------------------------------------------------------------

  const DECISIONS = {
    WOULD_SEND: 'It would be sent.', UNCHANGED: 'Nothing new: this is the state that the ledger has.', SKIPPED: 'It would be skipped',
    OVERTAKEN: 'A newer state is on its way.', OTHER_STORE: 'It is of another store.', STORE_DISABLED: 'The store is switched off.',
    NOT_FOUND: 'The shop has no such customer.', LEFT: 'Nothing is left that could be sent.',
  };

  function showPayload(where, shown) {
    if (byId(`explanation-${where.store}`)?.dataset.customer !== where.customer) {
      return; // another customer has been asked for since
    }
    const differing = shown.differing ? `Differs from what Yotpo acknowledged ${time(shown.comparedWith)}: ${shown.differing.join(', ') || 'nothing'}` : null;
    const json = shown.payload ? JSON.stringify(JSON.parse(shown.payload).customer ?? {}, null, 2) : null;
    const close = () => {
      byId(`payload-${where.store}`).replaceChildren();
      byId(`preview-${where.store}`)?.focus();
    };
    byId(`payload-${where.store}`).replaceChildren(
      el('p', { className: 'because' }, DECISIONS[shown.decision] ?? shown.decision, shown.reason ? ` (${shown.reason.toLowerCase()})` : ''),
      differing ? el('p', { className: 'muted' }, differing) : '',
      json ? el('pre', { className: 'payload', tabIndex: 0, 'aria-label': shown.masked ? 'Payload, masked' : 'Payload in the clear' }, json) : '',
      el('div', { className: 'row actions' },
        json && shown.masked ? button(`reveal-${where.store}`, 'Show in the clear', () => reveal(where)) : '',
        button(`hide-${where.store}`, 'Close', close)));
  }

  /** Servers refuse some characters in a path, however they are written; a parameter of that name goes before it. */
  function path(what, id, parameters = {}) {
    const plain = /^[\w.@-]+$/.test(id);
    const query = new URLSearchParams(plain ? parameters : { id, ...parameters }).toString();
    return `/${what}/${plain ? encodeURIComponent(id) : '-'}${query ? `?${query}` : ''}`;
  }

  async function preview(where) {
    try {
      const { preview: shown } = await call(path('preview', where.customer, { store: where.store }));
      keepingFocus(() => showPayload(where, shown));
      failed(null);
    } catch (error) {
      failed(`No preview: ${error.message}`);
    }
  }

  async function reveal(where) {
    const said = await ask(`Show ${where.customer} in the clear?`, 'It is personal data. That you looked at it is written into the audit log.');
    if (!said) {
      return;
    }
    try {
      const { preview: shown } = await call('/reveal', { ...where, reason: said.reason });
      showPayload(where, shown);
      failed(null);
    } catch (error) {
      failed(`Not shown: ${error.message}`);
    }
    await look();
  }

  /** Browsers keep a page that is left as it was, and show it to whoever goes back. */
  addEventListener('pagehide', () => document.querySelectorAll('[id^=payload-]').forEach((box) => box.replaceChildren()));

  async function explain(id) {
    shown = id;
    const answer = await latest('explanation', call(path('customer', id)));
    if (answer) {
      keepingFocus(() => byId('explanations').replaceChildren(...explanationCards(answer.explanations)));
    }
  }

  byId('look').addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await explain(byId('customer').value.trim());
      failed(null);
    } catch (error) {
      failed(`No explanation: ${error.message}`);
    }
  });

  // --- refused ----------------------------------------------------------------------------------------------------

  const MOST_GROUPS = 20;

  function groupCard(group, i) {
    const look = (id) => button(`example-${i}-${id}`, id, () => {
      byId('customer').value = id;
      explain(id).then(() => byId('explanations').scrollIntoView({ block: 'nearest' }), (error) => failed(`No explanation: ${error.message}`));
    });
    const what = `${number(group.customers)} ${group.customers === 1 ? 'customer' : 'customers'}`;
    return el('article', { className: 'card' },
      el('div', { className: 'row apart' },
        el('h3', {}, `${what}: ${group.kind.toLowerCase()} ${group.status || ''} in ${group.store}`),
        button(`retry-${i}`, `Retry ${group.kind.toLowerCase()}`, () => act(`Retry ${group.kind.toLowerCase()} in ${group.store}?`,
          'All customers of this store that were refused for this class of reasons are sent once more.', 'retry',
          { store: group.store, failure: group.kind }), true)),
      el('p', { className: 'because' }, group.reason),
      el('p', { className: 'muted' }, group.fix),
      el('div', { className: 'row actions', role: 'group', 'aria-label': 'Some of them' }, ...group.examples.map(look)));
  }

  function showRefused(refused) {
    const cards = refused.groups.slice(0, MOST_GROUPS).map(groupCard);
    const hidden = refused.groups.slice(MOST_GROUPS);
    const rest = hidden.length ? `${number(hidden.length)} more reasons, of ${number(hidden.reduce((all, one) => all + one.customers, 0))} customers: all are under ${endpoint}/refused.` : null;
    const more = refused.complete ? null : 'There are more customers; these are the first 10,000.';
    byId('refused').replaceChildren(
      ...(cards.length ? cards : [el('p', { className: 'card muted' }, 'Nobody is refused.')]),
      ...[rest, more].filter(Boolean).map((line) => el('p', { className: 'muted' }, line)));
  }

  // --- audit ------------------------------------------------------------------------------------------------------

  function showAudit(entries) {
    if (!entries.length) {
      byId('audit').replaceChildren(el('p', { className: 'muted' }, 'Nothing yet.'));
      return;
    }
    const cells = (entry) => [time(entry.at), entry.who, entry.action, entry.store ?? 'all', entry.customer ?? '', entry.reason ?? '', entry.outcome];
    byId('audit').replaceChildren(el('table', {},
      el('thead', {}, el('tr', {}, ...['When', 'Who', 'What', 'Store', 'Customer', 'Why', 'Outcome'].map((head) => el('th', { scope: 'col' }, head)))),
      el('tbody', {}, ...entries.map((entry) => el('tr', {}, ...cells(entry).map((cell) => el('td', {}, cell)))))));
  }

  // --- again and again --------------------------------------------------------------------------------------------

  const last = {};

  function keepingFocus(change) {
    const id = document.activeElement?.id;
    change();
    if (id && document.activeElement?.id !== id) {
      byId(id)?.focus({ preventScroll: true });
    }
  }

  /** Shows only what has changed, so that neither focus nor a reader loses its place; a button made anew gets no click. */
  function show(name, value, how) {
    const text = JSON.stringify(value);
    if (last[name] !== text && !document.querySelector('button:active')) {
      last[name] = text;
      keepingFocus(() => how(value));
    }
  }

  const REFUSED_MS = 30000;
  let refusals = null;

  /** Thousands of rows may have to be looked at for it: only when their number has changed, and now and then. */
  async function refusedNow(stores, anew) {
    const parked = stores.map((store) => store.customers.parked).join();
    if (anew || refusals?.parked !== parked || Date.now() - refusals.at > REFUSED_MS) {
      refusals = { parked, at: Date.now(), refused: await call('/refused') };
    }
    return refusals.refused;
  }

  async function askAll(anew) {
    const [{ stores }, { activity }, { audit }] = await Promise.all([call(''), call('/activity'), call('/audit?limit=50')]);
    return { stores, activity, audit, refused: await refusedNow(stores, anew) };
  }

  async function look(anew) {
    try {
      const all = await latest('all', askAll(anew));
      if (!all) {
        return;
      }
      const { stores, activity, audit, refused } = all;
      remember(stores);
      show('stores', stores, (each) => byId('stores').replaceChildren(...each.map(storeCard)));
      drawActivity(activity, stores);
      show('refused', refused, showRefused);
      show('audit', audit, showAudit);
      byId('fresh').textContent = `As of ${new Date().toLocaleTimeString()}, every ${LOOK_MS / 1000} seconds`;
      problem(null);
    } catch (error) {
      problem(error);
    }
  }

  async function watch() {
    if (!document.hidden) {
      await look();
    }
    setTimeout(watch, LOOK_MS);
  }

  byId('support').href = `${api}/support`;
  byId('plot-store').addEventListener('change', () => look());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { redraw(); look(); });
  watch();
})();
