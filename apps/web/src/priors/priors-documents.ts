import { graphql } from '../gql';

export const priorsQuery = graphql(`
  query Priors($id: ID!) {
    study(id: $id) {
      id
      priors {
        ...StudyLine
        reviews {
          id
          finding {
            code
            name
          }
        }
      }
    }
  }
`);
