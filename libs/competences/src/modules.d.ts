// Neither package declares types for the entry that is used here.
declare module 'eld/small' {
  export const eld: {
    detect(text: string): { language: string; getScores(): Record<string, number>; isReliable(): boolean };
    setLanguageSubset(languages: string[]): unknown;
  };
}

declare module 'snowball-stemmers' {
  const factory: { newStemmer(language: string): { stem(word: string): string } };
  export default factory;
}
