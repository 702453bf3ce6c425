// Common ground of all tests: fixed clock zone and width, no colour, no inherited lyncimg settings,
// exit code put back after each test, and unhandled rejections that fail.

process.env['TZ'] = 'UTC';
process.env['NO_COLOR'] = '1';
process.env['COLUMNS'] = '100';
delete process.env['FORCE_COLOR'];
for (const name of Object.keys(process.env)) {
  if (name.startsWith('LYNCIMG_')) Reflect.deleteProperty(process.env, name);
}

process.on('unhandledRejection', (reason) => {
  throw reason;
});

export const mochaHooks = {
  afterEach(): void {
    process.exitCode = undefined;
  },
};
