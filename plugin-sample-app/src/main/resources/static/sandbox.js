import { element, watch } from '/page.js';

const byId = (id) => document.getElementById(id);
const problem = (text) => { byId('problem').textContent = text; };

async function ask(method, path, body) {
  const response = await fetch(`/yotpo/_sandbox/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  problem(response.ok ? '' : `The sandbox answered ${response.status}.`);
}

function button(id, text, action) {
  const node = element('button', { type: 'button', id }, text);
  node.addEventListener('click', action);
  return node;
}

function actions(store) {
  const path = `stores/${store.store}`;
  const fail = (status, headers) => () => ask('PUT', `${path}/faults`, { next: { count: 5, status, headers } });
  return element('div', { className: 'actions' },
    button(`${store.store}-503`, 'Fail the next 5', fail(503)),
    button(`${store.store}-429`, 'Slow down the next 5', fail(429, { 'Retry-After': '2' })),
    button(`${store.store}-token`, 'Expire tokens', () => ask('POST', `${path}/expire-tokens`)),
    button(`${store.store}-heal`, 'No faults', () => ask('PUT', `${path}/faults`, {})));
}

function counter([name, count]) {
  return element('div', {}, element('dt', {}, name.replaceAll('_', ' ')), element('dd', {}, String(count)));
}

function faults(store) {
  const left = store.faults.next?.count ?? 0;
  return left > 0 ? element('p', { className: 'failed' }, `Still to fail with ${store.faults.next.status}: ${left}`) : null;
}

function customer(held) {
  const who = held.customer.external_id ?? held.customer.email ?? held.customer.phone_number;
  return element('li', {},
    element('h3', {}, who),
    element('div', { className: 'muted' }, `accepted ${held.upserts} ×, last at ${time(held.acceptedAt)}`),
    element('pre', {}, JSON.stringify(held.customer, null, 2)));
}

function card(store) {
  const rate = store.requestsPerSecond ? `${store.requestsPerSecond} requests a second` : 'no rate limit';
  return element('section', { className: 'card' },
    element('h2', {}, store.store),
    element('p', { className: 'muted' }, `Customers: ${store.held} · ${rate}`),
    faults(store),
    element('dl', { className: 'counters' }, ...Object.entries(store.counters).filter(([, n]) => n > 0).map(counter)),
    actions(store),
    element('ul', { className: 'plain', style: 'margin-top: 1rem' }, ...store.customers.map(customer)));
}

function line(request) {
  const good = request.status < 400;
  return element('tr', {}, ...[
    time(request.at),
    `${request.method} ${request.resource}`,
    request.store,
    element('span', { className: good ? 'ok' : 'failed' }, String(request.status)),
    request.externalId ?? '',
    request.note ?? '',
  ].map((cell) => element('td', {}, cell)));
}

function time(instant) {
  return new Date(instant).toLocaleTimeString([], { hour12: false });
}

byId('reset').addEventListener('click', () => ask('POST', 'reset'));
watch(() => '/yotpo/_sandbox/stores', (stores) => byId('stores').replaceChildren(...stores.map(card)), problem);
watch(
  () => '/yotpo/_sandbox/requests',
  (requests) => byId('log').replaceChildren(...requests.slice(-50).reverse().map(line)),
  problem,
);
