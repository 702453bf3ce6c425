// A hook of Node's module loader: where `kerberos` is.
let target = '';

export function initialize({ url }) {
  target = url;
}

export function resolve(specifier, context, next) {
  return specifier === 'kerberos' ? { url: target, shortCircuit: true } : next(specifier, context);
}
