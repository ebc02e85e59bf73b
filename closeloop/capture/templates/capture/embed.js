(function () {
  var me = document.currentScript;
  var address = '{{ address|escapejs }}';
  var found = document.cookie.match(/(?:^|; )_clv=([^;]+)/);
  var lang = (document.documentElement.lang || '').toLowerCase().indexOf('en') === 0 ? 'en-US' : 'zh-CN';
  var frame = document.createElement('iframe');
  frame.src = address + '?lang=' + lang + (found ? '&visitor=' + encodeURIComponent(decodeURIComponent(found[1])) : '');
  frame.title = lang === 'en-US' ? 'Form' : '表单';
  frame.loading = 'lazy';
  frame.style.cssText = 'width:100%;border:0;min-height:420px';
  me.parentNode.insertBefore(frame, me.nextSibling);
  var tell = function () {
    var known = window.closeloop;
    if (known && known.consent) frame.contentWindow.postMessage({ closeloop: 'visitor', visitor: known.visitor }, '*');
  };
  window.addEventListener('closeloop', tell);
  window.addEventListener('message', function (told) {
    if (told.source === frame.contentWindow && told.data && told.data.closeloop === 'height') {
      tell();
      frame.style.height = Math.min(4000, Number(told.data.height) || 420) + 'px';
    }
  });
})();
