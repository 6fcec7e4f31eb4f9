// The specs that are not part of `make test` yet; see drafts/README.md.
import config from './playwright.config';

export default { ...config, testDir: './drafts' };
