// WebAuthn's JSON forms, written out because browsers before 2025 cannot translate them themselves.
const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), sign => sign.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
const known = list => (list ?? []).map(each => ({ ...each, id: bytes(each.id) }));
const reasons = { NotAllowedError: 'cancelled', AbortError: 'cancelled', InvalidStateError: 'known', NotSupportedError: 'unsupported', SecurityError: 'unsupported' };

export const supported = () => !!(window.isSecureContext && window.PublicKeyCredential && navigator.credentials);

async function attempt(ask) {
  if (!supported()) return { error: 'unsupported' };
  try {
    const made = await ask();
    return made ? { credential: made } : { error: 'cancelled' };
  } catch (error) {
    return { error: reasons[error.name] ?? 'failed' };
  }
}

const common = made => ({
  id: made.id, rawId: text(made.rawId), type: made.type, authenticatorAttachment: made.authenticatorAttachment ?? undefined, clientExtensionResults: made.getClientExtensionResults(),
});

export const create = options => attempt(async () => {
  const made = await navigator.credentials.create({
    publicKey: { ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: known(options.excludeCredentials) },
  });
  return made && {
    ...common(made),
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    },
  };
});

export const get = options => attempt(async () => {
  const made = await navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) } });
  return made && {
    ...common(made),
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      authenticatorData: text(made.response.authenticatorData),
      signature: text(made.response.signature),
      userHandle: made.response.userHandle ? text(made.response.userHandle) : undefined,
    },
  };
});
