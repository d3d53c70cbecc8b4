import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.js';
import './scalars.js';
import './failure/failures.js';
import './viewer/viewer.js';
import './model/model.js';
import './performance/model-report.js';
import './reading-service/reading-service.js';
import './upload/create-upload.js';
import './study/study-queries.js';
import './study/study-mutations.js';
import './study/study-subscriptions.js';
import './review/study-reviews.js';
import './review/sign-review.js';
import './delivery/destination-mutations.js';
import './delivery/delivery-mutations.js';
import './delivery/delivery-queries.js';

export const schema: GraphQLSchema = builder.toSchema();
