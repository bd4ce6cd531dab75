export default async function tearDown() {
  await globalThis.browserPlatform?.stop();
}
