import { lungsRecipe } from './lungs.js';
import { lungsRefinedRecipe } from './lungs-refined.js';
import type { Recipe } from './recipe.js';
import { robustRecipe } from './robust.js';
import { sourceRecipe } from './source.js';

export type { Recipe } from './recipe.js';

export const recipes: readonly Recipe[] = [robustRecipe, lungsRecipe, lungsRefinedRecipe, sourceRecipe];
