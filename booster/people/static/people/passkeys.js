// Shows what needs a passkey only where one can work, and says in plain words what went wrong.
(function () {
  const byNumber = /^[\d.]+$|^\[/.test(location.hostname)
  const possible = !byNumber && 'PublicKeyCredential' in window && window.isSecureContext

  function say (why) {
    for (const box of document.querySelectorAll('[data-passkey-trouble]')) {
      box.textContent = box.dataset[why]
      box.hidden = false
    }
  }

  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    say('failed')
  })

  document.addEventListener('DOMContentLoaded', function () {
    for (const part of document.querySelectorAll('[data-passkeys]')) part.hidden = !possible
    const needed = document.querySelector('main form:not(#mfa_login) [data-passkeys]')
    if (!possible && needed) say('unsupported')
  })

  // The reader's own zone, so that the next page can tell hours on their clocks.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (zone) document.cookie = 'zone=' + zone + '; path=/; max-age=31536000; samesite=lax'
})()
