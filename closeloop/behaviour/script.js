((w, d, n, S) => {
  if (w.closeloop || n.webdriver || (S.dnt && (n.doNotTrack == 1 || w.doNotTrack == 1))) return
  let q = [], shown = Date.now(), o = {}, link, timer
  const where = location.pathname.slice(0, 300)
  const on = (what, act) => d.addEventListener(what, act, true)
  const get = key => (d.cookie.match('(^|; )' + key + '=([\\w-]+)') || [])[2]
  const set = (key, value, age) => { d.cookie = `${key}=${value};path=/;SameSite=Lax;max-age=${age}` + (S.url[4] == 's' ? ';Secure' : '') }
  const token = () => [...crypto.getRandomValues(new Uint8Array(16))].map(b => (b + 256).toString(16).slice(1)).join('')
  const track = (kind, data, el) => {
    const near = el && el.closest('[data-cl-topic]'), meta = d.querySelector('meta[name=closeloop-topic]')
    const topic = near ? near.dataset.clTopic : meta && meta.content
    q.push([kind, Date.now(), { path: where, ...(topic && { topic }), ...data }])
    clearTimeout(timer)
    timer = setTimeout(send, 1500)
  }
  const send = last => {
    if (!q.length || !api.consent) return
    const now = Date.now(), s = get('_cls') || token()
    set('_cls', s, 1800)
    set('_clv', api.visitor, 34e6)
    const body = JSON.stringify({ v: api.visitor, s, r: link, o, e: q.splice(0, 50).map(([k, t, d]) => ({ k, a: now - t, d })) })
    if (last == 1 && n.sendBeacon(S.url, body)) return
    link = 0
    fetch(S.url, { method: 'POST', body, keepalive: true, credentials: 'omit' })
      .then(a => a.status == 200 && a.json()).then(a => { if (a) set('_clv', api.visitor = a.visitor, 34e6) }, () => 0)
  }
  const leave = () => {
    const seconds = Math.round((Date.now() - shown) / 1000)
    if (shown && seconds > 4) track('dwell', { seconds })
    shown = 0
    send(1)
  }
  const answer = yes => {
    set('_cla', yes ? 'y' : 'n', 16e6)
    if (box) box.remove()
    if (api.consent = yes) send()
    else q = []
    hail()
  }
  const hail = () => w.dispatchEvent(new Event('closeloop'))
  const api = w.closeloop = { visitor: get('_clv') || token(), consent: !S.ask || get('_cla') == 'y', answer, track }
  let box
  const ask = () => {
    box = d.createElement('div')
    box.setAttribute('role', 'dialog')
    box.style = 'position:fixed;bottom:0;width:100%;padding:1em;background:#fff;color:#222;z-index:9999'
    box.append(S.text[0] + ' ')
    for (const i of [1, 2]) {
      const b = d.createElement('button')
      b.append(S.text[i])
      b.onclick = () => answer(i < 2)
      box.append(b)
    }
    d.body.append(box)
  }
  new URLSearchParams(location.search).forEach((value, key) => { if (key == 'cl_r') link = value; else if (/^utm_/.test(key)) o[key] = value })
  o.referrer = d.referrer.slice(0, 300)
  o.landing = where
  track('page_view', { title: d.title.slice(0, 200) })
  on('click', e => {
    const a = e.target.closest('a[href],[data-cl]')
    if (!a) return
    if (a.dataset.cl) track(a.dataset.cl, { name: a.innerText.slice(0, 100) }, a)
    else if (/\.(pdf|docx?|xlsx?|pptx?|zip)$/i.test(a.pathname)) track('download', { file: a.pathname.split('/').pop() }, a)
  })
  on('play', e => {
    const v = e.target
    if (!v.seen) track('video_play', { video: v.title || v.currentSrc.split('/').pop().slice(0, 200) }, v)
    v.seen = 1
  })
  on('submit', e => { const form = e.target.dataset.clForm; if (form) track('form', { form }, e.target) })
  on('visibilitychange', () => { if (d.hidden) leave(); else shown = Date.now() })
  w.addEventListener('pagehide', leave)
  hail()
  if (S.ask && !get('_cla')) d.body ? ask() : on('DOMContentLoaded', ask)
})(window, document, navigator, SETTINGS)
