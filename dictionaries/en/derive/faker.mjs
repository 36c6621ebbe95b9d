import { allLocales } from './package/dist/index.js';
for (const [loc, d] of Object.entries(allLocales)) {
  const p = d.person ?? {};
  const get = (o, k) => { const v = o?.[k]; if (!v) return []; const a = Array.isArray(v) ? v : [v]; return a.flatMap(x => typeof x === 'string' ? [x] : (x?.value ? (Array.isArray(x.value)?x.value:[x.value]) : [])); };
  for (const [sex] of [['male'],['female'],['generic']]) {
    for (const n of get(p.first_name, sex)) console.log(['G', loc, sex, n].join('\t'));
    for (const n of get(p.last_name, sex)) console.log(['S', loc, sex, n].join('\t'));
  }
  for (const n of (d.location?.city_name ?? [])) if (typeof n === 'string') console.log(['C', loc, '', n].join('\t'));
}
