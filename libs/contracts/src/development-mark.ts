/** Begins every secret that a start for development made; production refuses what begins so. */
export const DEVELOPMENT_MARK = 'dev-';
